// A proxy refuses websockets: the public's screens live on by server-sent events, without a word
// about it, and go back to the socket when they may. Staff, who have the socket only, are told.

import assert from 'node:assert/strict'
import { PHONE, PROJECTOR, entersAs, moderatorDoes, play, scene, sees, somebodyAsks, somebodySupports, somethingIsShown, until } from './lib/stage.mjs'
import { fate, isBackOnline, opensOnce, proxy } from './lib/proxy.mjs'
import * as screens from './lib/screens.mjs'

const FIRST = 'Komt deze vraag er zonder socket?'
const OWN = 'Volg ik mijn eigen vraag ook zo?'
const LATER = 'En nu weer met de socket?'

await play(async (newScreen) => {
  const way = await proxy({ sockets: false, streams: true })
  const phone = await newScreen('phone', { size: PHONE })
  const projector = await newScreen('projector', { size: PROJECTOR })
  const laptop = await newScreen('laptop')
  await opensOnce(phone, `${way.base}/${scene.hashtag}`)
  await opensOnce(projector, `${way.base}/${scene.hashtag}/wall`)
  const [citizen, wall, desk] = [screens.citizen(phone), screens.wall(projector), screens.desk(laptop)]
  await until(() => way.open.streams === 2, 'both follow by events')
  assert.ok(way.refused >= 4, 'after two sockets each')

  const first = await somethingIsShown(FIRST)
  await sees(citizen.question(FIRST))
  await sees(wall.next(FIRST))
  await somebodySupports(first)
  await until(async () => (await citizen.support(FIRST).innerText()).startsWith('1'), 'a vote')

  // With the cookie that this makes, their own part comes the same way.
  await citizen.box.fill(OWN)
  await citizen.send.click()
  await sees(citizen.mine.getByText('Aangekomen. De moderatoren lezen uw vraag.'))
  const view = await fetch(`${scene.base}/api/v1/sessions/${scene.hashtag}/moderation`, {
    headers: { authorization: `Bearer ${scene.keys.moderator}` },
  }).then((reply) => reply.json())
  const own = Object.values(view.questions).find((card) => card.text === OWN)
  await moderatorDoes('approve', own.id)
  await sees(citizen.mine.getByText('Getoond. Anderen kunnen uw vraag nu steunen.'))
  assert.deepEqual(way.views, [], 'nobody asks again and again')

  await entersAs(laptop, scene.links.moderator.replace(scene.base, way.base), 'Jana')
  await sees(desk.away)
  assert.equal(way.open.streams, 2, 'staff have the socket only')

  // The socket is let through: a better way is taken as soon as it is found.
  way.sockets = true
  await isBackOnline(phone)
  await isBackOnline(projector)
  await until(() => way.open.streams === 0 && way.open.sockets >= 2, 'both are back on the socket')
  await moderatorDoes('approve', await somebodyAsks(LATER))
  await sees(citizen.question(LATER))
  await sees(wall.words(LATER))
  assert.equal(await citizen.question(LATER).count(), 1)
  for (const page of [phone, projector]) {
    assert.deepEqual(await fate(page), { isTheSame: true, wasAway: false }, page.url())
  }
  way.close()
})
