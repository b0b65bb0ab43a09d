// Three moderators and five hundred questions: what is the same is bundled, split and undone; who has
// what open is seen; what a colleague just changed is asked again; many are done at once; and one of
// the three has a phone.

import assert from 'node:assert/strict'
import { LAPTOP, PHONE, api, entersAs, moderatorDoes, play, scene, sees, seesNoMore, somebodyAsks, until } from './lib/stage.mjs'
import * as screens from './lib/screens.mjs'

const MANY = 480
const SAME = [
  'Waarom worden fietspaden later gestrooid dan autowegen?',
  'Waarom worden de fietspaden later gestrooid dan de autowegen?',
  'Waarom worden fietspaden veel later gestrooid dan autowegen?',
]
const SHOWN = 'Waarom is de fietsenstalling bij Centraal altijd vol?'
const TWIN = 'Waarom is de fietsenstalling bij Centraal steeds vol?'
const FLAGGED = '🚲 Bel mij eens terug, 06-12345678, over de kuil'

const state = () => api('GET', `/sessions/${scene.hashtag}/moderation`, { key: scene.keys.moderator })
const card = async (id) => (await state()).questions.find((question) => question.id === id)
const is = (id, what, condition) => until(async () => condition(await card(id)), `${id}: ${what}`)
const settled = (page) => until(async () => (await page.locator('[aria-busy=true]').count()) === 0, 'the desk is done with it')

await play(async (newScreen) => {
  const shown = await somebodyAsks(SHOWN)
  await moderatorDoes('approve', shown)
  const same = []
  for (const text of SAME) same.push(await somebodyAsks(text))
  const twin = await somebodyAsks(TWIN)
  const flagged = await somebodyAsks(FLAGGED)
  const others = []
  for (let i = 0; i < MANY; i += 20) {
    const texts = Array.from({ length: 20 }, (_, n) => `Lading ${i + n}: ${'abcdefghij'[n % 10].repeat(3)}${(i + n) * 7919} ${n % 2 ? 'oranje' : 'paars'}?`)
    others.push(...(await Promise.all(texts.map(somebodyAsks))))
  }

  const [jana, marja, sem] = await Promise.all([
    newScreen('jana', { size: LAPTOP }),
    newScreen('marja', { size: LAPTOP }),
    newScreen('sem', { size: PHONE }),
  ])
  await entersAs(jana, scene.links.moderator, 'Jana Vos')
  await entersAs(marja, scene.links.moderator, 'Marja Berg')
  await entersAs(sem, scene.links.moderator, 'Sem Dijk')
  const desk = screens.desk(jana)

  // A long list is on the page only where one looks, and tells how long it is.
  await sees(jana.locator('article.desk-card'))
  await until(async () => (await jana.locator('#incoming article.desk-card').count()) < 40, 'few cards are made')
  assert.equal(await jana.locator('#incoming li').first().getAttribute('aria-setsize'), String(MANY + 5))
  await jana.keyboard.press('j')
  for (let i = 0; i < 60; i++) await jana.keyboard.press('j')
  // Cards are made a few at a time; the focus follows the last key once its card is there.
  const place = () => jana.evaluate(() => document.activeElement?.closest('li')?.getAttribute('aria-posinset'))
  await until(async () => Number(await place()) > 55, 'the keys go on through the whole list')

  // Lists make and move cards, and a browser drops the focus of what was moved. It comes back, however often,
  // but not to somebody who pressed elsewhere.
  const scrolls = (by, { drops = 0 } = {}) => jana.evaluate(async ({ by, drops }) => {
    const area = document.querySelector('#incoming')
    const cards = () => [...area.querySelectorAll('li')].map((li) => li.id).join()
    const picture = () => new Promise(requestAnimationFrame)
    for (; drops > 0; drops--) {
      document.activeElement.blur()
      area.scrollTop += 300
      await picture()
    }
    const before = cards()
    area.scrollTop += by
    while (cards() === before) await picture()
    await picture()
    await picture()
  }, { by, drops })
  await scrolls(2500, { drops: 8 })
  await until(async () => Number(await place()) > 55, 'the focus is back')
  await jana.locator('#incoming-title').click()
  await scrolls(2500)
  assert.equal(await place(), undefined, 'the focus stays where one pressed')

  // Looking for something stands in the address, survives a reload, and has a way out.
  await jana.keyboard.press('/')
  await jana.keyboard.type('fietspaden')
  await until(async () => (await jana.locator('#incoming-title').innerText()).includes('3 wachten'), 'three are found')
  assert.ok(jana.url().endsWith('?q=fietspaden'), jana.url())
  await jana.reload()
  await until(async () => (await jana.locator('#incoming-title').innerText()).includes('3 wachten'), 'after a reload too')
  await jana.keyboard.press('/')
  await jana.keyboard.type(' zeppelin')
  await jana.locator('#incoming').getByRole('button', { name: 'Toon weer alles' }).click()
  await until(async () => (await jana.locator('#incoming-title').innerText()).includes(`${MANY + 5} wachten`), 'everything is back')

  // The same question under its named twin, with one key, and back.
  const look = async (page, words) => {
    await page.keyboard.press('/')
    await page.locator('#desk-search').fill(words)
    await until(async () => (await page.locator('#incoming-title').innerText()).match(/^Binnen 1 wacht/), `one is found: ${words}`)
    await page.locator('#incoming article.desk-card .desk-words').first().click()
  }
  await look(jana, 'steeds')
  await sees(desk.waiting(TWIN).getByText('Zelfde als'))
  await jana.keyboard.press('b')
  await is(twin, 'bundled', (card) => card.lead === shown)
  await jana.keyboard.press('z')
  await is(twin, 'and back', (card) => !card.lead && card.status === 'waiting')

  // What a colleague has open is seen, and what a colleague just changed is asked again.
  await look(marja, 'steeds')
  await sees(desk.waiting(TWIN).getByText('Marja Berg kijkt ernaar'))
  await look(jana, 'steeds')
  await jana.keyboard.press('d')
  await sees(jana.getByText('Waarom wijst u deze vraag af? De vrager leest dit.'))
  await moderatorDoes('edit', twin, { text: 'Waarom is de stalling bij Centraal steeds zo vol?' })
  await sees(desk.incoming.getByText('steeds zo vol'))
  await jana.keyboard.press('1')
  await sees(jana.getByText('Net: Moderator paste de woorden van deze vraag aan.'))
  await sees(jana.locator('.desk-asked s', { hasText: TWIN }))
  assert.equal((await card(twin)).status, 'waiting', 'nothing was done')
  await jana.getByRole('button', { name: 'Toch: Wijs af' }).click()
  await is(twin, 'declined after all', (card) => card.status === 'declined')
  await jana.locator('#desk-search').fill('')

  // What was flagged is marked in the words, and masked with one key.
  await look(jana, 'kuil')
  assert.equal(await jana.locator('#incoming mark').first().innerText(), '06-12345678')
  await jana.keyboard.press('m')
  await is(flagged, 'masked', (card) => !card.text.includes('06-12345678') && card.text.includes('🚲') && card.status === 'waiting')
  await settled(jana)
  await jana.keyboard.press('a')
  await is(flagged, 'shown', (card) => card.status === 'shown')
  await jana.locator('#desk-search').fill('')

  // A group: one taken out, the rest bundled, and undone.
  await jana.locator('#incoming article.desk-card .desk-words').first().click()
  await jana.keyboard.press('g')
  await sees(jana.locator('.desk-group'))
  const more = jana.getByRole('button', { name: 'Toon meer groepen' })
  while (await more.isVisible()) await more.click()
  const group = jana.locator('.desk-group', { hasText: SAME[0] })
  await sees(group.getByText(SAME[2]))
  await group.locator('.desk-alike', { hasText: SAME[2] }).getByRole('button', { name: 'Hoort hier niet' }).click()
  await seesNoMore(group.getByText(SAME[2]))
  await group.getByRole('radio').last().check()
  await group.getByRole('button', { name: 'Bundel deze' }).click()
  await until(async () => [await card(same[0]), await card(same[1])].filter((card) => card.lead).length === 1, 'two are one bundle')
  assert.equal((await card(same[2])).lead, undefined, 'and the third is not in it')
  await jana.keyboard.press('Escape')
  await seesNoMore(desk.dialog)
  await jana.keyboard.press('z')
  await until(async () => !(await card(same[0])).lead && !(await card(same[1])).lead, 'and back')

  // Many at once: found, picked, shown, as one step that is undone as one.
  await marja.keyboard.press('/')
  await marja.locator('#desk-search').fill('oranje')
  await until(async () => (await marja.locator('#incoming-title').innerText()).includes(`${MANY / 2} wachten`), 'half is found')
  await marja.locator('#incoming article.desk-card .desk-words').first().click()
  await marja.keyboard.press('Control+a')
  await sees(marja.getByText(`${MANY / 2} gekozen`))
  await moderatorDoes('approve', others[1])
  await marja.keyboard.press('a')
  await until(async () => (await state()).questions.filter((card) => card.text.includes('oranje') && card.status === 'shown').length === MANY / 2, 'all are shown')
  await sees(marja.getByText(/Niet gedaan/))
  await sees(jana.getByText(`Marja Berg toonde ${MANY / 2 - 1} vragen`))
  await settled(marja)
  await marja.keyboard.press('z')
  await until(async () => (await state()).questions.filter((card) => card.text.includes('oranje') && card.status === 'shown').length === 1, 'and back, but for the colleague’s')

  // A phone: the bar under the thumb, and a swipe.
  const first = () => sem.locator('#incoming article.desk-card').first()
  await first().locator('.desk-words').tap()
  const one = (await first().getAttribute('id')).slice(2)
  await sem.locator('.desk-thumb').getByRole('button', { name: 'Toon' }).tap()
  await is(one, 'shown from under the thumb', (card) => card.status === 'shown')
  await until(async () => (await first().getAttribute('id')) !== `q-${one}`, 'the next one is there')
  const two = (await first().getAttribute('id')).slice(2)
  const box = await first().locator('.desk-words').boundingBox()
  const touch = await sem.context().newCDPSession(sem)
  const point = (x) => [{ x, y: box.y + box.height / 2 }]
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: point(60) })
  for (let x = 70; x <= 240; x += 10) await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: point(x) })
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await is(two, 'shown by a swipe', (card) => card.status === 'shown')

  // The browser itself notes the one step that was held up.
  const heldUp = (fault) => fault.includes('409 (Conflict)') && fault.includes(`/questions/${twin}/decline`)
  for (const page of [jana, marja, sem]) {
    assert.deepEqual(page.faults.filter((fault) => !heldUp(fault)), [], page.url())
  }
})
