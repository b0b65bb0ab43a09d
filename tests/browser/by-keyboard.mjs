// A moderator without a mouse: everything on the desk, by keys alone.

import assert from 'node:assert/strict'
import { LAPTOP, api, entersAs, play, scene, sees, seesNoMore, somebodyAsks, until } from './lib/stage.mjs'
import * as screens from './lib/screens.mjs'

const WORDS = ['Vraag een over stallingen?', 'Vraag twee over stallingen?', 'Vraag drie over stoplichten?', 'Vraag vier over reclame?']

const state = () => api('GET', `/sessions/${scene.hashtag}/moderation`, { key: scene.keys.moderator })
const card = async (id) => (await state()).questions.find((question) => question.id === id)
const is = (id, status) => until(async () => (await card(id)).status === status, `${id} is ${status}`)

await play(async (newScreen) => {
  const ids = []
  for (const text of WORDS) ids.push(await somebodyAsks(text))
  const [one, two, three, four] = ids
  const page = await newScreen('laptop', { size: LAPTOP })
  await entersAs(page, scene.links.moderator, 'Jana')
  const desk = screens.desk(page)
  const press = (key) => page.keyboard.press(key)
  const current = () => page.locator('[aria-current=true]').filter({ has: page.locator('.desk-words') })
  // Goes to a card by the arrows, as a moderator would: from the left, looking through each area.
  const goTo = async (text) => {
    const isThere = async () => (await current().count()) > 0 && (await current().first().innerText()).includes(text)
    const look = ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp', 'ArrowUp']
    const areas = 5
    for (const key of [...Array(areas).fill('ArrowLeft'), ...Array(areas).fill([...look, 'ArrowRight']).flat()]) {
      if (await isThere()) return
      await press(key)
    }
    assert.ok(await isThere(), `the arrows lead to: ${text}`)
  }

  // The list of keys, and out of it again.
  await press('?')
  await sees(desk.dialog)
  await sees(page.getByRole('heading', { name: 'Alles met het toetsenbord' }))
  await press('Escape')
  await seesNoMore(desk.dialog)

  // The first key that moves selects a card, and the focus is on it.
  await press('j')
  await sees(current())
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'ARTICLE')

  // Approve, and the selection goes on to the next by itself.
  await goTo(WORDS[0])
  await press('a')
  await sees(desk.public(WORDS[0]))
  await goTo(WORDS[1])
  await press('a')
  await sees(desk.public(WORDS[1]))

  // Undo, and do again.
  await press('z')
  await is(two, 'waiting')
  await sees(desk.waiting(WORDS[1]))
  await goTo(WORDS[1])
  await press('a')
  await sees(desk.public(WORDS[1]))

  // Decline for a reason by its number; letters in the note are letters.
  await goTo(WORDS[3])
  await press('d')
  await sees(page.getByText('Waarom wijst u deze vraag af? De vrager leest dit.'))
  await press('5')
  await is(four, 'declined')
  await seesNoMore(desk.waiting(WORDS[3]))
  await until(async () => (await current().first().innerText()).includes(WORDS[2]), 'the next one that waits is selected')
  assert.equal((await card(four)).reason, 'advertising')

  // Edit: typing is typing, Ctrl and Enter saves.
  await goTo(WORDS[2])
  await press('e')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Vraag drie over verkeerslichten?')
  await page.keyboard.press('Control+Enter')
  await until(async () => (await card(three)).text === 'Vraag drie over verkeerslichten?', 'the words changed')
  await goTo('verkeerslichten')
  await press('a')
  await sees(desk.public('Vraag drie over verkeerslichten?'))

  // Bundle under the most similar.
  await goTo(WORDS[1])
  await press('b')
  await sees(desk.dialog)
  await page.keyboard.type('een over')
  await until(async () => (await page.getByRole('option').count()) === 1, 'typing finds one')
  await press('Enter')
  await until(async () => (await card(two)).lead === one, 'it is bundled')
  await seesNoMore(desk.dialog)
  await seesNoMore(desk.public(WORDS[1]))

  // Queue two, order them, put the next on stage.
  await goTo(WORDS[0])
  await press('q')
  await sees(desk.queued(WORDS[0]))
  // Keys are not lost on a slow line: what is asked for meanwhile is done after.
  let free
  const line = new Promise((resolve) => (free = resolve))
  await page.route('**/queue', async (route) => {
    await line
    await route.continue()
  })
  await goTo('verkeerslichten')
  await press('q')
  await sees(desk.queued('Vraag drie over verkeerslichten?'))
  await goTo('verkeerslichten')
  await press('Alt+ArrowUp')
  free()
  await until(async () => (await state()).session.queue[0] === three, 'the order changed')
  await page.unroute('**/queue')
  await until(async () => (await page.locator('[aria-busy=true]').count()) === 0, 'the desk is done with it')
  await press('n')
  await is(three, 'onStage')
  await sees(desk.stage.getByText('Vraag drie over verkeerslichten?'))

  // From the hall, without leaving the keyboard.
  await press('h')
  await sees(desk.dialog)
  await page.keyboard.type('Vraag vijf uit de zaal?')
  await page.keyboard.press('Control+Enter')
  await seesNoMore(desk.dialog)
  await sees(desk.public('Vraag vijf uit de zaal?'))

  // Search, and out of it.
  await press('/')
  await page.keyboard.type('zaal')
  await seesNoMore(desk.public(WORDS[0]))
  await sees(desk.public('Vraag vijf uit de zaal?'))
  await press('Escape')
  assert.deepEqual(page.faults, [])
})
