// A proxy refuses websockets and keeps streams to itself: the public's screens live on by asking
// again and again, and take each better way as soon as it is open.

import assert from 'node:assert/strict'
import { PHONE, PROJECTOR, play, scene, sees, somebodySupports, somethingIsShown, until } from './lib/stage.mjs'
import { fate, isBackOnline, opensOnce, proxy } from './lib/proxy.mjs'
import * as screens from './lib/screens.mjs'

const FIRST = 'Komt deze vraag er ook zonder stroom van nieuws?'
const OWN = 'Hoor ik zo dat mijn vraag er is?'
const BY_EVENTS = 'En nu per bericht?'
const BY_SOCKET = 'En nu weer met de socket?'

await play(async (newScreen) => {
  const way = await proxy({ sockets: false, streams: false })
  const phone = await newScreen('phone', { size: PHONE })
  const projector = await newScreen('projector', { size: PROJECTOR })
  await opensOnce(phone, `${way.base}/${scene.hashtag}`)
  await opensOnce(projector, `${way.base}/${scene.hashtag}/wall`)
  const [citizen, wall] = [screens.citizen(phone), screens.wall(projector)]
  await until(() => way.views.length >= 2, 'both ask')

  const first = await somethingIsShown(FIRST)
  await sees(citizen.question(FIRST))
  await sees(wall.next(FIRST))
  await somebodySupports(first)
  await until(async () => (await citizen.support(FIRST).innerText()).startsWith('1'), 'a vote')
  await until(() => way.views.includes(304), 'nothing new costs next to nothing')
  assert.deepEqual(way.own, [401, 401], 'who has no cookie asks for their own part once')

  await citizen.box.fill(OWN)
  await citizen.send.click()
  await sees(citizen.mine.getByText(OWN))
  await sees(citizen.mine.getByText('Aangekomen. De moderatoren lezen uw vraag.'))

  // The streams are let through.
  way.streams = true
  await isBackOnline(phone)
  await isBackOnline(projector)
  await until(() => way.open.streams === 2, 'both follow by events')
  const asked = way.views.length
  await somethingIsShown(BY_EVENTS)
  await sees(citizen.question(BY_EVENTS))
  await sees(wall.words(BY_EVENTS))
  assert.ok(way.views.length <= asked + 2, 'and ask no more')

  // And then the sockets.
  way.sockets = true
  await isBackOnline(phone)
  await isBackOnline(projector)
  await until(() => way.open.streams === 0 && way.open.sockets === 2, 'both are back on the socket')
  await somethingIsShown(BY_SOCKET)
  await sees(citizen.question(BY_SOCKET))
  await sees(wall.words(BY_SOCKET))
  assert.equal(await citizen.question(BY_SOCKET).count(), 1)
  for (const page of [phone, projector]) {
    assert.deepEqual(await fate(page), { isTheSame: true, wasAway: false }, page.url())
  }
  way.close()
})
