// What the scenarios stand on: one Chromium, a context of their own for each person, and a word
// with the test that runs the server.

import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'

/** What the test tells about its server: base, hashtag, links, keys, and a folder for pictures. */
export const scene = JSON.parse(process.env.SCENE)

/** How long anything may take before it counts as never, in milliseconds. */
export const PATIENCE = 15_000

export const PHONE = { width: 390, height: 844 }
export const LAPTOP = { width: 1280, height: 800 }
export const PROJECTOR = { width: 1920, height: 1080 }

const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking']

/** Runs a scenario; when it fails, what every screen showed is kept as a picture. */
export async function play(scenario) {
  const executablePath = process.env.SAMENSPRAAK_CHROMIUM ?? process.env.CHROMIUM ?? '/usr/bin/chromium'
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS })
  const screens = []
  try {
    await scenario(async (name, options = {}) => {
      const page = await newScreen(browser, options)
      screens.push({ name, page })
      return page
    })
  } catch (error) {
    const open = screens.filter(({ page }) => !page.isClosed())
    await Promise.all(open.map(({ name, page }) => keepPicture(page, name)))
    throw error
  } finally {
    await browser.close()
    server.close()
  }
}

async function newScreen(browser, { size = LAPTOP, language = 'nl-NL', javaScript = true, scheme = 'light', own = {} }) {
  const context = await browser.newContext({
    viewport: size,
    locale: language,
    colorScheme: scheme,
    javaScriptEnabled: javaScript,
    hasTouch: size.width < 600,
    ...own,
  })
  context.setDefaultTimeout(PATIENCE)
  const page = await context.newPage()
  page.faults = []
  page.on('console', (message) => {
    // The first lines say what it is; a stack from the compiled script says nothing.
    const [first, second = ''] = message.text().split('\n')
    if (message.type() === 'error') page.faults.push(`${first} ${second} (${message.location().url})`)
  })
  page.on('pageerror', (error) => page.faults.push(error.message))
  return page
}

/** The same screen as a browser that was never here; it keeps only the site's files. */
export async function afresh(page) {
  await page.evaluate(() => localStorage.clear()).catch(() => {})
  await page.goto('about:blank')
  await page.context().clearCookies()
  page.faults.length = 0
}

async function keepPicture(page, name) {
  mkdirSync(scene.pictures, { recursive: true })
  const scenario = basename(process.argv[1], '.mjs')
  const path = join(scene.pictures, `failed-${scenario}-${name}.png`)
  await page.screenshot({ path, fullPage: true }).catch(() => {})
  const faults = page.faults.length ? ` ${JSON.stringify(page.faults)}` : ''
  console.error(`${name} at ${page.url()}: ${path}${faults}`)
}

/** Opens a page that lives: waits until its script has opened the socket. */
export async function opens(page, address) {
  const socket = page.waitForEvent('websocket')
  const response = await page.goto(new URL(address, scene.base).href)
  await socket
  return response
}

/** Comes in by a staff link, and says who it is. */
export async function entersAs(page, link, name) {
  await page.goto(link)
  assert.ok(!page.url().includes('key='), `the key leaves the address: ${page.url()}`)
  await page.locator('input[name=name]').fill(name)
  const socket = page.waitForEvent('websocket')
  await page.locator('form button').click()
  await socket
}

/** Waits until something is to be seen. */
export async function sees(locator) {
  await locator.first().waitFor({ state: 'visible', timeout: PATIENCE })
}

/** Waits until something is to be seen no more. */
export async function seesNoMore(locator) {
  await until(async () => (await locator.filter({ visible: true }).count()) === 0, `still there: ${locator}`)
}

/** Waits until it is so. */
export async function until(condition, what) {
  const deadline = Date.now() + PATIENCE
  for (;;) {
    if (await condition()) return
    if (Date.now() > deadline) assert.fail(`never happened: ${what}`)
    await new Promise((resume) => setTimeout(resume, 50))
  }
}

/** Calls the API, as somebody's program would. */
export async function api(method, path, { key, body } = {}) {
  const headers = { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) }
  const response = await fetch(`${scene.base}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) })
  const answer = await response.json()
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${JSON.stringify(answer)}`)
  return answer
}

/** Somebody asks by API; gives the question's id. */
export async function somebodyAsks(text) {
  const { token } = await api('POST', '/participants')
  return (await api('POST', `/sessions/${scene.hashtag}/questions`, { key: token, body: { text } })).id
}

/** Somebody stands behind a question, by API. */
export async function somebodySupports(id) {
  const { token } = await api('POST', '/participants')
  await api('PUT', `/sessions/${scene.hashtag}/questions/${id}/support`, { key: token })
}

/** A moderator's step by API. */
export function moderatorDoes(step, id, body = {}) {
  return api('POST', `/sessions/${scene.hashtag}/questions/${id}/${step}`, { key: scene.keys.moderator, body })
}

/** Somebody asks and a moderator shows it; gives the question's id. */
export async function somethingIsShown(text) {
  const id = await somebodyAsks(text)
  await moderatorDoes('approve', id)
  return id
}

// The test that runs the server listens on our output and answers on our input.
const ears = createInterface({ input: process.stdin })
const heard = ears[Symbol.asyncIterator]()

export const server = {
  /** Ends the server in an instant. */
  kill: () => ask('@kill'),
  /** Starts it again on the same data and port. */
  restart: () => ask('@restart'),
  close: () => ears.close(),
}

async function ask(word) {
  process.stdout.write(`${word}\n`)
  const { value } = await heard.next()
  assert.equal(value, 'done')
}
