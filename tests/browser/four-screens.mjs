// A citizen on a phone, a moderator, an alderman and the wall at once: one question from the asking
// to its corrected answer, and what each of them sees of it.

import assert from 'node:assert/strict'
import { LAPTOP, PHONE, PROJECTOR, entersAs, opens, play, scene, sees, seesNoMore, until } from './lib/stage.mjs'
import * as screens from './lib/screens.mjs'

const FIRST = 'Waarom is de stalling bij het station altijd vol?'
const SAME = 'Komen er meer plekken in de stationsstalling?'
const NEXT = 'Wanneer wordt de Maasboulevard opnieuw geasfalteerd?'

await play(async (newScreen) => {
  const phone = await newScreen('phone', { size: PHONE })
  const other = await newScreen('other-phone', { size: PHONE })
  const laptop = await newScreen('laptop', { size: LAPTOP })
  const tablet = await newScreen('tablet', { size: { width: 1180, height: 820 } })
  const projector = await newScreen('projector', { size: PROJECTOR })
  await opens(phone, `/${scene.hashtag}`)
  await opens(other, `/${scene.hashtag.toLowerCase()}`)
  await opens(projector, `/${scene.hashtag}/wall`)
  await entersAs(laptop, scene.links.moderator, 'Jana')
  await entersAs(tablet, scene.links.panel, 'Judith')
  const [citizen, neighbour] = [screens.citizen(phone), screens.citizen(other)]
  const [desk, panel, wall] = [screens.desk(laptop), screens.panel(tablet), screens.wall(projector)]

  // Asking: it arrives, and only the moderators see it.
  await citizen.box.fill(FIRST)
  await citizen.send.click()
  await sees(citizen.arrived)
  await sees(citizen.mine.getByText(FIRST))
  await sees(citizen.mine.getByText('Aangekomen. De moderatoren lezen uw vraag.'))
  assert.equal(await citizen.box.inputValue(), '', 'the box is empty again')
  await sees(desk.waiting(FIRST))
  assert.equal(await wall.words(FIRST).count(), 0, 'nothing on the wall before it was approved')
  assert.equal(await neighbour.question(FIRST).count(), 0, 'nor on another phone')

  // Approving: everybody sees it.
  await desk.does(desk.waiting(FIRST), 'Toon')
  await sees(desk.public(FIRST))
  await seesNoMore(desk.waiting(FIRST))
  await sees(citizen.mine.getByText('Getoond. Anderen kunnen uw vraag nu steunen.'))
  await sees(neighbour.question(FIRST))
  await sees(wall.next(FIRST))

  // Support: the number is on both phones and on the wall.
  await neighbour.support(FIRST).click()
  await until(async () => (await neighbour.support(FIRST).getAttribute('aria-pressed')) === 'true', 'the button is pressed')
  await until(async () => (await neighbour.support(FIRST).innerText()).startsWith('1'), 'one supporter on the phone')
  await until(async () => (await citizen.support(FIRST).innerText()).startsWith('1'), 'one supporter on the other phone')

  // Bundling: the same question in other words goes under the first.
  for (const text of [SAME, NEXT]) {
    await neighbour.box.fill(text)
    await neighbour.send.click()
    await desk.does(desk.waiting(text), 'Toon')
    await sees(desk.public(text))
  }
  await desk.does(desk.public(SAME), 'Bundel')
  await sees(desk.dialog)
  await desk.option(FIRST).click()
  await seesNoMore(desk.public(SAME))
  await sees(desk.public(FIRST).getByText('2 bewoordingen'))
  await sees(neighbour.mine.getByText('Gebundeld met').first())

  // The queue: panel and wall know what comes.
  await desk.does(desk.public(NEXT), 'In de rij')
  await sees(desk.queued(NEXT))
  await sees(panel.next.getByText(NEXT))

  // The stage: all four see the same question.
  await desk.does(desk.public(FIRST), 'Podium')
  await sees(desk.stage.getByText(FIRST))
  await sees(citizen.now.getByText(FIRST))
  await sees(citizen.mine.getByText('Nu op het podium.'))
  await sees(panel.question(FIRST))
  await sees(wall.stage(FIRST))

  // Answering: it is on every screen, with who gave it.
  await panel.field.fill('In het voorjaar komen er duizend plekken bij.')
  await panel.publish.click()
  for (const place of [citizen.now, desk.stage]) {
    await sees(place.getByText('In het voorjaar komen er duizend plekken bij.'))
  }
  await sees(wall.answer('In het voorjaar komen er duizend plekken bij.'))
  await sees(citizen.now.getByText('Judith Bokhove'))
  await sees(citizen.mine.getByText('Beantwoord.'))

  // Correcting: the new words replace the old, and say so.
  await panel.correct.click()
  await panel.correction.fill('In het voorjaar komen er twaalfhonderd plekken bij.')
  await panel.publishCorrection.click()
  await sees(wall.answer('In het voorjaar komen er twaalfhonderd plekken bij.'))
  await sees(citizen.now.getByText('verbeterd'))
  await seesNoMore(projector.getByText('duizend plekken bij', { exact: false }).filter({ hasText: ' duizend' }))

  // The next one takes the stage.
  await desk.does(desk.stage, 'Volgende')
  await sees(panel.question(NEXT))
  await sees(wall.stage(NEXT))
  await sees(neighbour.now.getByText(NEXT))

  for (const page of [phone, other, laptop, tablet, projector]) {
    assert.deepEqual(page.faults, [], page.url())
  }
})
