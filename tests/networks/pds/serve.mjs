// A real AT Protocol server on loopback: Bluesky's own PDS and the PLC directory that it registers
// accounts with, with one account in it. Nothing is stood in for here but the network around it.
//
//   node --require ./loopback.cjs serve.mjs --handle samenspraak.test --password … --data FOLDER [--bridge]
//
// Prints one line of JSON when all is ready: {pds, plc, did, handle, appPassword}, and with --bridge
// also `jetstream`. It ends when its standard input does, so that it never outlives who started it.

import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { AtpAgent } from '@atproto/api'
import { PDS, envToCfg, envToSecrets, readEnv } from '@atproto/pds'
import plcServer from '@did-plc/server'

import { bridge } from './bridge.mjs'

const { values: wanted } = parseArgs({
  options: {
    handle: { type: 'string' },
    password: { type: 'string' },
    data: { type: 'string' },
    bridge: { type: 'boolean', default: false },
  },
})
if (!wanted.handle || !wanted.password || !wanted.data) {
  throw new Error('--handle, --password and --data are needed')
}

process.stdin.on('end', () => process.exit(0)).resume()

const plcPort = await freePort()
await plcServer.PlcServer.create({ db: plcServer.Database.mock(), port: plcPort }).start()
const plc = `http://127.0.0.1:${plcPort}`

const port = await freePort()
const blobs = join(wanted.data, 'blobs')
mkdirSync(blobs, { recursive: true })
Object.assign(process.env, {
  PDS_PORT: String(port),
  PDS_HOSTNAME: 'localhost',
  PDS_DEV_MODE: 'true',
  PDS_DATA_DIRECTORY: wanted.data,
  PDS_BLOBSTORE_DISK_LOCATION: blobs,
  PDS_DID_PLC_URL: plc,
  PDS_INVITE_REQUIRED: 'false',
  PDS_RATE_LIMITS_ENABLED: 'false',
  PDS_DISABLE_SSRF_PROTECTION: 'true',
  PDS_JWT_SECRET: randomBytes(16).toString('hex'),
  PDS_ADMIN_PASSWORD: randomBytes(16).toString('hex'),
  PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX: randomBytes(32).toString('hex'),
})
const env = readEnv()
const server = await PDS.create(envToCfg(env), envToSecrets(env))
await server.start()
const pds = `http://127.0.0.1:${port}`

const agent = new AtpAgent({ service: pds })
const { data: account } = await agent.createAccount({
  handle: wanted.handle,
  email: 'iemand@voorbeeld.test',
  password: wanted.password,
})
const { data: app } = await agent.com.atproto.server.createAppPassword({ name: 'samenspraak' })
const ready = { pds, plc, did: account.did, handle: account.handle, appPassword: app.password }
if (wanted.bridge) ready.jetstream = await bridge(pds)
console.log(JSON.stringify(ready))

// The servers want to know their address before they listen.
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}
