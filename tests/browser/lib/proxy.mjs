// A proxy of the kind that stands between some people and the server: it may refuse websockets, and
// may keep streams to itself until they end, which they do not. It counts what goes through.

import http from 'node:http'
import net from 'node:net'
import { scene } from './stage.mjs'

/** Starts one; `sockets` and `streams` say what it lets through, and may be changed at any time. */
export async function proxy({ sockets, streams }) {
  const { hostname: host, port } = new URL(scene.base)
  const way = {
    sockets,
    streams,
    /** Websockets that were refused. */
    refused: 0,
    /** What is open and let through at this moment. */
    open: { sockets: 0, streams: 0 },
    /** The statuses of all answers to whoever asked for the public view, or for their own part. */
    views: [],
    own: [],
    close: () => {
      front.closeAllConnections()
      front.close()
    },
  }

  const front = http.createServer((request, response) => {
    const { method, url: path, headers } = request
    const behind = http.request({ host, port, method, path, headers }, (answer) => {
      if (/^\/api\/v1\/sessions\/[^/]+$/.test(path)) way.views.push(answer.statusCode)
      if (path.endsWith('/mine')) way.own.push(answer.statusCode)
      response.writeHead(answer.statusCode, answer.headers)
      const isStream = answer.headers['content-type'] === 'text/event-stream'
      if (isStream && !way.streams) {
        response.flushHeaders()
        answer.resume()
        return
      }
      if (isStream) {
        way.open.streams += 1
        response.on('close', () => (way.open.streams -= 1))
      }
      answer.pipe(response)
    })
    behind.on('error', () => response.destroy())
    response.on('close', () => behind.destroy())
    request.pipe(behind)
  })

  front.on('upgrade', (request, socket) => {
    socket.on('error', () => {})
    if (!way.sockets) {
      way.refused += 1
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    const behind = net.connect(Number(port), host, () => {
      const pairs = request.rawHeaders.flatMap((name, at, all) => (at % 2 ? [] : [`${name}: ${all[at + 1]}`]))
      behind.write([`GET ${request.url} HTTP/1.1`, ...pairs, '', ''].join('\r\n'))
      behind.pipe(socket).pipe(behind)
    })
    way.open.sockets += 1
    behind.on('error', () => socket.destroy())
    socket.on('close', () => {
      way.open.sockets -= 1
      behind.destroy()
    })
    behind.on('close', () => socket.destroy())
  })

  await new Promise((listening) => front.listen(0, '127.0.0.1', listening))
  way.base = `http://127.0.0.1:${front.address().port}`
  return way
}

/** Opens a page that must not be loaded again, and must at no moment say that it is cut off. */
export async function opensOnce(page, address) {
  await page.addInitScript(() => {
    const looks = () => (window.wasAway ||= document.querySelector('p.away') !== null)
    new MutationObserver(looks).observe(document, { childList: true, subtree: true })
  })
  await page.goto(address)
  await page.evaluate(() => void (window.isTheSame = true))
}

/** What has become of such a page. */
export function fate(page) {
  return page.evaluate(() => ({ isTheSame: window.isTheSame === true, wasAway: window.wasAway === true }))
}

/** The network is another, as far as the page knows: it looks at once whether a better way is open. */
export function isBackOnline(page) {
  return page.evaluate(() => void window.dispatchEvent(new Event('online')))
}
