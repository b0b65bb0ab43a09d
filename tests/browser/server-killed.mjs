// The server dies in the middle of a session and comes back: so does every screen, with each thing
// on it once, and with what people were writing still in their boxes.

import assert from 'node:assert/strict'
import { LAPTOP, PHONE, PROJECTOR, entersAs, moderatorDoes, opens, play, scene, sees, server, somethingIsShown, until } from './lib/stage.mjs'
import * as screens from './lib/screens.mjs'

const STAGED = 'Wie antwoordt er als de stroom uitvalt?'
const BEFORE = 'Was ik er voor de klap?'
const AFTER = 'Kwam ik na de klap?'
const HALF = 'Een half geschreven vraag over'
const HALF_ANSWER = 'Een half geschreven antwoord dat'

await play(async (newScreen) => {
  const staged = await somethingIsShown(STAGED)
  await moderatorDoes('stage', staged)
  const phone = await newScreen('phone', { size: PHONE })
  const laptop = await newScreen('laptop', { size: LAPTOP })
  const tablet = await newScreen('tablet', { size: { width: 1180, height: 820 } })
  const projector = await newScreen('projector', { size: PROJECTOR })
  await opens(phone, `/${scene.hashtag}`)
  await opens(projector, `/${scene.hashtag}/wall`)
  await entersAs(laptop, scene.links.moderator, 'Jana')
  await entersAs(tablet, scene.links.panel, 'Judith')
  const [citizen, desk, panel, wall] = [screens.citizen(phone), screens.desk(laptop), screens.panel(tablet), screens.wall(projector)]

  await citizen.box.fill(HALF)
  await panel.field.fill(HALF_ANSWER)
  await sees(panel.kept)
  await somethingIsShown(BEFORE)
  await sees(citizen.question(BEFORE))
  await sees(desk.public(BEFORE))
  await sees(wall.next(BEFORE))

  await server.kill()
  for (const screen of [citizen, desk, panel, wall]) {
    await sees(screen.away)
  }
  assert.equal(await citizen.box.inputValue(), HALF)
  assert.equal(await panel.field.inputValue(), HALF_ANSWER)
  // Sending now keeps the words.
  await citizen.send.click()
  await sees(phone.getByText('Geen verbinding. Uw woorden blijven staan; probeer het zo opnieuw.'))
  assert.equal(await citizen.box.inputValue(), HALF)
  await panel.field.pressSequentially(' nog')

  await server.restart()
  await somethingIsShown(AFTER)
  for (const [screen, once] of [
    [citizen, (text) => citizen.question(text)],
    [desk, (text) => desk.public(text)],
    [wall, (text) => wall.words(text)],
  ]) {
    await sees(once(AFTER))
    await until(async () => (await screen.away.filter({ visible: true }).count()) === 0, 'it says that it is back')
    for (const text of [BEFORE, AFTER]) {
      assert.equal(await once(text).count(), 1, `${text} once`)
    }
  }
  await sees(panel.question(STAGED))
  assert.equal(await citizen.box.inputValue(), HALF)
  assert.equal(await panel.field.inputValue(), `${HALF_ANSWER} nog`)

  // A device that dies too loses nothing: the words come back with the page.
  await sees(panel.kept)
  await Promise.all([phone.reload(), tablet.reload()])
  await until(async () => (await citizen.box.inputValue()) === HALF, 'the half question is back')
  await until(async () => (await panel.field.inputValue()) === `${HALF_ANSWER} nog`, 'the half answer is back')
  const elsewhere = await newScreen('another-tablet', { size: { width: 1180, height: 820 } })
  await entersAs(elsewhere, scene.links.panel, 'Arno')
  assert.equal(await screens.panel(elsewhere).field.inputValue(), `${HALF_ANSWER} nog`, 'on another tablet too')

  // And both go out, once.
  await citizen.box.fill(`${HALF} fietsen?`)
  await citizen.send.click()
  await sees(desk.waiting(`${HALF} fietsen?`))
  assert.equal(await desk.waiting(`${HALF} fietsen?`).count(), 1)
  await panel.publish.click()
  await sees(wall.answer(`${HALF_ANSWER} nog`))
  assert.equal(await wall.answer(`${HALF_ANSWER} nog`).count(), 1)
})
