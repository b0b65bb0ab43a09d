// From a PDS's own stream to Jetstream's frames (version 1). This is a bridge for tests, not Jetstream:
// it has one server behind it, remembers all in memory, checks no signatures, and has neither
// compression nor options that change on the way. What it sends are records that were really made,
// with their real keys and CIDs.

import { once } from 'node:events'

import { lexToJson } from '@atproto/api'
import { cborToLexRecord, readCar } from '@atproto/repo'
import { Frame } from '@atproto/xrpc-server'
import { WebSocket, WebSocketServer } from 'ws'

/** Reads a PDS from its first event on; gives the address to subscribe at. */
export async function bridge(pds) {
  const events = []
  const readers = new Set()
  const server = new WebSocketServer({ port: 0, path: '/subscribe' })
  await once(server, 'listening')

  server.on('connection', (socket, request) => {
    const { searchParams } = new URL(request.url, 'http://localhost')
    const cursor = Number(searchParams.get('cursor') ?? Infinity)
    const reader = {
      socket,
      collections: searchParams.getAll('wantedCollections'),
      dids: searchParams.getAll('wantedDids'),
    }
    // A cursor of the future stands for now.
    if (cursor <= (events.at(-1)?.time_us ?? 0)) {
      for (const event of events) if (event.time_us >= cursor) send(reader, event)
    }
    readers.add(reader)
    socket.on('close', () => readers.delete(reader)).on('error', () => socket.terminate())
  })

  let last = 0
  const emit = (event) => {
    last = Math.max(Date.now() * 1000, last + 1)
    const { did, ...what } = event
    const whole = { did, time_us: last, ...what }
    events.push(whole)
    for (const reader of readers) send(reader, whole)
  }

  const upstream = new WebSocket(`${pds.replace('http', 'ws')}/xrpc/com.atproto.sync.subscribeRepos?cursor=0`)
  // One after the other: reading a commit takes turns of the event loop.
  let before = Promise.resolve()
  upstream.on('message', (bytes) => {
    before = before.then(async () => {
      for (const event of await translated(bytes)) emit(event)
    })
    before.catch((error) => {
      console.error(error)
      process.exit(1)
    })
  })
  await once(upstream, 'open')
  return `ws://127.0.0.1:${server.address().port}/subscribe`
}

function send({ socket, collections, dids }, event) {
  if (dids.length > 0 && !dids.includes(event.did)) return
  if (event.commit && collections.length > 0) {
    const { collection } = event.commit
    const fits = (wanted) => (wanted.endsWith('*') ? collection.startsWith(wanted.slice(0, -1)) : wanted === collection)
    if (!collections.some(fits)) return
  }
  socket.send(JSON.stringify(event))
}

async function translated(bytes) {
  const frame = Frame.fromBytes(bytes)
  if (frame.isError()) throw new Error(`the PDS ended its stream: ${frame.code} ${frame.message}`)
  const { body } = frame
  switch (frame.type) {
    case '#commit':
      return commits(body)
    case '#identity': {
      const { did, handle, seq, time } = body
      return [{ did, kind: 'identity', identity: { did, handle, seq, time } }]
    }
    case '#account': {
      const { did, active, status, seq, time } = body
      return [{ did, kind: 'account', account: { active, did, seq, status, time } }]
    }
    default:
      return []
  }
}

async function commits({ repo, rev, ops, blocks }) {
  const car = await readCar(blocks)
  return ops.map(({ action, path, cid }) => {
    const [collection, rkey] = path.split('/')
    const commit = { rev, operation: action, collection, rkey }
    if (action !== 'delete') {
      commit.record = lexToJson(cborToLexRecord(car.blocks.get(cid)))
      commit.cid = cid.toString()
    }
    return { did: repo, kind: 'commit', commit }
  })
}
