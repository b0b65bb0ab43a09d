// Every page there is, with something on it: how to get there, for the scenarios that look at all.

import { LAPTOP, api, entersAs, moderatorDoes, opens, scene, sees } from './stage.mjs'

const staff = { moderator: 'Jana', panel: 'Judith', desk: 'Sanne' }
const at = (path) => async (page) => void (await page.goto(`${scene.base}${path}`))
const live = (path) => async (page) => void (await opens(page, path))

async function organiser(page, path) {
  await page.goto(`${scene.base}/organise?key=${scene.keys.organiser}`)
  await page.goto(`${scene.base}${path}`)
}

async function atWork(page, role) {
  await entersAs(page, scene.links[role], staff[role])
}

/** Each page by name; `arrive` leads a new screen there. */
export const pages = [
  { name: 'home', arrive: at('/') },
  { name: 'citizen', arrive: live(`/${scene.hashtag}`) },
  { name: 'citizen-answered', arrive: live(`/${scene.hashtag}?sort=answered`) },
  { name: 'citizen-nothing-found', arrive: live(`/${scene.hashtag}?q=zeppelin`) },
  { name: 'citizen-mine', arrive: asks },
  { name: 'citizen-refused', arrive: isRefused },
  { name: 'citizen-announced', arrive: live(`/${scene.announced}`) },
  { name: 'citizen-closed', arrive: live(`/${scene.closed}`) },
  { name: 'question', arrive: at(`/${scene.hashtag}/q/${scene.answered}`) },
  { name: 'question-post', arrive: postIsAsked },
  { name: 'question-gone', arrive: at(`/${scene.hashtag}/q/${scene.declined}`) },
  { name: 'wall', arrive: live(`/${scene.hashtag}/wall`) },
  { name: 'wall-still', arrive: live(`/${scene.announced}/wall`) },
  { name: 'wall-closed', arrive: live(`/${scene.closed}/wall`) },
  { name: 'wall-embed', arrive: live(`/${scene.hashtag}/wall?embed`) },
  { name: 'door', arrive: at(`/${scene.hashtag}/moderate`) },
  { name: 'name', arrive: async (page) => void (await page.goto(scene.links.moderator)) },
  { name: 'desk', arrive: (page) => atWork(page, 'moderator') },
  { name: 'desk-declining', arrive: (page) => deskWith(page, 'd') },
  { name: 'desk-editing', arrive: (page) => deskWith(page, 'e') },
  { name: 'desk-bundling', arrive: (page) => deskWith(page, 'b') },
  { name: 'desk-hall', arrive: (page) => deskWith(page, 'h') },
  { name: 'desk-groups', arrive: (page) => deskWith(page, 'g', '.desk-group') },
  { name: 'desk-routing', arrive: (page) => deskWith(page, 'r') },
  { name: 'desk-labelling', arrive: (page) => deskWith(page, 'l') },
  { name: 'desk-filters', arrive: (page) => deskWith(page, 'f', '.desk-filters') },
  { name: 'desk-waiting-long', arrive: (page) => deskWith(page, 'w', '.desk-filters .is-on') },
  { name: 'desk-keys', arrive: (page) => deskWith(page, '?') },
  { name: 'desk-channels', arrive: (page) => deskWith(page, 'c') },
  { name: 'desk-post', arrive: deskWithPost },
  { name: 'panel', arrive: (page) => atWork(page, 'panel') },
  { name: 'office', arrive: (page) => atWork(page, 'desk') },
  { name: 'office-open', arrive: officeOpens },
  { name: 'account', arrive: at(`/${scene.hashtag}/account`) },
  { name: 'account-empty', arrive: at(`/${scene.announced}/account`) },
  { name: 'near', arrive: at(`/${scene.hashtag}/near?text=${encodeURIComponent('Waarom is de stalling bij Centraal vol?')}`) },
  { name: 'citizen-near', arrive: isNear },
  { name: 'organise-door', arrive: at('/organise') },
  { name: 'organise', arrive: (page) => organiser(page, '/organise') },
  { name: 'organise-new', arrive: (page) => organiser(page, '/organise/new') },
  { name: 'organise-session', arrive: (page) => organiser(page, `/organise/${scene.hashtag}`) },
  { name: 'organise-edit', arrive: (page) => organiser(page, `/organise/${scene.hashtag}/edit`) },
  { name: 'organise-accounts', arrive: (page) => withAccounts(page, '/organise/accounts?kept=stad') },
  { name: 'organise-accounts-new', arrive: (page) => organiser(page, '/organise/accounts/new') },
  { name: 'organise-mastodon', arrive: (page) => organiser(page, '/organise/accounts/new?network=mastodon') },
  { name: 'organise-bluesky', arrive: (page) => withAccounts(page, '/organise/accounts/wolk/edit') },
  { name: 'organise-gateway', arrive: (page) => withAccounts(page, '/organise/accounts/sms/edit') },
  { name: 'organise-secret', arrive: isToldASecret },
  { name: 'organise-account-refused', arrive: accountIsRefused },
  { name: 'organise-account-checked', arrive: accountIsChecked },
  { name: 'organise-elsewhere', arrive: (page) => withAccounts(page, `/organise/${scene.announced}/edit`) },
  { name: 'not-found', arrive: at('/Onbekend') },
]

/** The desk on a laptop, with the keyboard's help. */
async function deskWith(page, key, shows = 'dialog[open], .desk-form') {
  await atWork(page, 'moderator')
  const size = page.viewportSize()
  await page.setViewportSize(LAPTOP)
  await page.keyboard.press('j')
  await sees(page.locator('article[aria-current=true]'))
  await page.keyboard.press(key)
  await sees(page.locator(shows))
  await page.setViewportSize(size)
}

/** A post that was pasted, found on the desk by its words. */
async function deskWithPost(page) {
  await isPasted()
  await atWork(page, 'moderator')
  const size = page.viewportSize()
  await page.setViewportSize(LAPTOP)
  await page.locator('#desk-search').fill('pont')
  await page.locator('#shown .desk-card:has(.desk-post)').click()
  await page.setViewportSize(size)
  await sees(page.locator('#shown .desk-post'))
}

/** The same on its own page. */
async function postIsAsked(page) {
  await page.goto(`${scene.base}/${scene.hashtag}/q/${await isPasted()}`)
}

/** Pasting the same twice is one question, so each screen finds the same. */
async function isPasted() {
  const body = { text: 'Wie onderhoudt de pont naar Heijplaat?', author: '@henk', address: 'https://mastodon.example/@henk/12' }
  const { id, status } = await api('POST', `/sessions/${scene.hashtag}/paste`, { key: scene.keys.moderator, body })
  if (status === 'waiting') await moderatorDoes('approve', id)
  return id
}

/** The civil servants' desk with a question open, and words in both fields. */
async function officeOpens(page) {
  await atWork(page, 'desk')
  await page.locator('.office-entry > a').first().click()
  await sees(page.locator('#office-briefing'))
}

/** With an account on each network; none is switched on, so nothing is asked of servers that are not there. */
async function withAccounts(page, path) {
  const key = scene.keys.organiser
  const accounts = [
    { name: 'stad', source: 'mastodon', server: 'social.example', secret: 'niet-echt' },
    { name: 'wolk', source: 'bluesky', handle: 'stad.example' },
    { name: 'sms', source: 'gateway' },
  ]
  for (const body of accounts) await api('PUT', `/accounts/${body.name}`, { key, body })
  await organiser(page, path)
}

let gateways = 0

async function isToldASecret(page) {
  await organiser(page, '/organise/accounts/new?network=gateway')
  await page.locator('#name').fill(`poort-${(gateways += 1)}`)
  await page.locator('form:has(#name) button').click()
  await sees(page.locator('#secret'))
}

async function accountIsRefused(page) {
  await organiser(page, '/organise/accounts/new?network=mastodon')
  await page.locator('#name').fill('stad met spaties')
  await page.locator('#server').fill('social.example')
  await page.locator('form:has(#name) button').click()
  await sees(page.locator('#wrong'))
}

/** Of an address inside a network of ours it is known at once that nothing goes there. */
async function accountIsChecked(page) {
  const body = { name: 'hier', source: 'mastodon', server: 'https://127.0.0.1:9', secret: 'niet-echt' }
  await api('PUT', '/accounts/hier', { key: scene.keys.organiser, body })
  await organiser(page, '/organise/accounts')
  await page.locator('form[action$="/hier/check"] button').click()
  await sees(page.locator('[role=alert]'))
}

async function isNear(page) {
  await opens(page, `/${scene.hashtag}`)
  await page.locator('#ask-words').fill('Waarom is de stalling bij Centraal zo vol?')
  await sees(page.locator('#near li'))
}

async function asks(page) {
  await opens(page, `/${scene.hashtag}`)
  const box = page.locator('#ask-words')
  await box.fill('Mag de fiets mee in de metro?')
  await page.locator('form:has(#ask-words) button').click()
  await sees(page.locator('#mine li'))
}

async function isRefused(page) {
  await opens(page, `/${scene.hashtag}`)
  await page.locator('#ask-words').fill('#alleen #hashtags')
  await page.locator('form:has(#ask-words) button').click()
  await sees(page.locator('#ask-problem'))
}
