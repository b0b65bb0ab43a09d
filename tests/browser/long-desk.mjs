// A moderator's phone on a very long session: which tasks keep the reader waiting while people ask.
// The bench runs this; it prints one line of JSON: how fast this machine is, and for each phone how much
// slower it was made and what was done with its long tasks. A long task is one of more than 50 ms
// (https://www.w3.org/TR/longtasks-1/). How fast a machine is says Lighthouse's benchmark index, by which
// Chromium's developer tools know how much to slow down for which phone.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { pageFunctions } from '../lighthouse/node_modules/lighthouse/core/lib/page-functions.js'
import { PHONE, api, entersAs, play, scene, sees } from './lib/stage.mjs'

/** How many people take turns in asking. */
const PEOPLE = 200
/** How long the desk rests before each activity, in milliseconds. */
const REST = 1_500
const WORDS = ['fiets', 'stoplicht', 'parkeren', 'straat']

/** How often the speed is measured; the middle counts. */
const TIMES = 5
/** How often a slowdown is mended by what it led to, at most: twice as slow by name is not twice as slow. */
const MENDS = 10
/** How near the speed has to come to the phone's, as a share of it. */
const NEAR = 0.04

const pause = (millis) => new Promise((resume) => setTimeout(resume, millis))

/** What a moderator does, over and over, as long as there is time. */
const ACTIVITIES = {
  looking: async () => pause(200),
  'moving by key': async (page, round) => {
    await page.keyboard.press(round % 50 < 40 ? 'j' : 'k')
    await pause(120)
  },
  approving: async (page) => {
    await page.keyboard.press('a')
    await pause(500)
  },
  searching: async (page, round) => {
    const field = page.locator('#desk-search')
    await field.focus()
    await page.keyboard.type(WORDS[round % WORDS.length], { delay: 120 })
    await pause(600)
    // This leaves the field too, else the keys of the next activity would be written into it.
    await page.keyboard.press('Escape')
    await pause(600)
  },
  scrolling: async (page, round) => {
    await page.mouse.wheel(0, round % 60 < 45 ? 900 : -900)
    await pause(60)
  },
}

/**
 * Gives what a page's script and pictures are made by a core of its own, as on a phone, which has many. The server,
 * the people who ask and the rest of the browser share the other; else it is measured how these wait for each other.
 */
async function ownCore(page) {
  const browser = await page.context().browser().newBrowserCDPSession()
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo')
  const renderers = processInfo.filter(({ type }) => type === 'renderer')
  // A process is named by its first thread, and that is the one.
  for (const { id } of renderers) execFileSync('taskset', ['--pid', '--cpu-list', scene.core, String(id)])
}

/** How fast the page's machine is now. */
async function speed(page) {
  const found = []
  while (found.length < TIMES) found.push(await page.evaluate(`(${pageFunctions.computeBenchmarkIndex})()`))
  return found.sort((a, b) => a - b)[Math.floor(TIMES / 2)]
}

/** Slows the page down to each phone's speed, and tells by how much that is. */
async function calibrate(page) {
  const throttle = await page.context().newCDPSession(page)
  const own = await speed(page)
  const phones = []
  for (const phone of scene.phones) {
    let [rate, measured] = [1, own]
    for (let mend = 0; mend < MENDS && Math.abs(measured / phone.speed - 1) > NEAR; mend++) {
      rate = Math.max(1, (rate * measured) / phone.speed)
      await throttle.send('Emulation.setCPUThrottlingRate', { rate })
      measured = await speed(page)
    }
    phones.push({ ...phone, rate, measured })
  }
  return { own, phones }
}

await play(async (newScreen) => {
  const blank = await newScreen('speed')
  await ownCore(blank)
  const { own, phones } = await calibrate(blank)
  await blank.close()
  const texts = JSON.parse(readFileSync(scene.texts, 'utf8'))
  const tokens = []
  while (tokens.length < PEOPLE) tokens.push((await api('POST', '/participants')).token)

  const page = await newScreen('phone', { size: PHONE })
  await page.addInitScript(() => {
    window.longTasks = []
    const note = (list) => list.getEntries().forEach((task) => window.longTasks.push(Math.round(task.duration)))
    new PerformanceObserver(note).observe({ type: 'longtask' })
  })
  const browser = await page.context().newCDPSession(page)
  await browser.send('Emulation.setCPUThrottlingRate', { rate: phones[0].rate })
  await entersAs(page, scene.links.moderator, 'Jana Vos')
  await sees(page.locator('article.desk-card'))
  await ownCore(page)
  await page.mouse.move(PHONE.width / 2, PHONE.height / 2)
  await page.keyboard.press('j')
  await pause(REST)

  let asked = 0
  const failed = []
  const asking = setInterval(() => {
    const [text, key] = [texts[asked], tokens[asked % PEOPLE]]
    asked += 1
    if (text) api('POST', `/sessions/${scene.hashtag}/questions`, { key, body: { text } }).catch((error) => failed.push(error))
  }, 1_000 / scene.rate)
  for (const phone of phones) {
    await browser.send('Emulation.setCPUThrottlingRate', { rate: phone.rate })
    phone.done = []
    for (const [what, does] of Object.entries(ACTIVITIES)) {
      await pause(REST)
      await page.evaluate(() => void (window.longTasks.length = 0))
      const from = Date.now()
      let rounds = 0
      while (Date.now() < from + scene.seconds * 1_000) await does(page, rounds++)
      await pause(200)
      phone.done.push({ what, rounds, tasks: await page.evaluate(() => window.longTasks) })
    }
  }
  clearInterval(asking)
  if (failed.length) throw failed[0]
  console.log(JSON.stringify({ own, phones }))
})
