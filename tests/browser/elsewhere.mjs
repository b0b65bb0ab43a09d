// One queue for every place where people talk: a toot, a post on Bluesky, a question of the web and one
// from the hall side by side at the desk; the toot bundled and answered; the reply in both threads; the
// toot deleted, and the wall follows. In the middle, a network is unplugged.

import assert from 'node:assert/strict'
import { LAPTOP, PROJECTOR, entersAs, opens, play, scene, sees, seesNoMore, somebodyAsks, until } from './lib/stage.mjs'
import * as screens from './lib/screens.mjs'

const TOOT = 'Waarom is de stalling bij het station altijd vol?'
const BLUE = 'Kan de Maasboulevard eindelijk worden geasfalteerd?'
const WEB = 'Komen er meer plekken in de stationsstalling?'
const HALL = 'Mag de hond mee in de bakfiets?'

const tells = async (what, body) => {
  const answer = await fetch(`${scene.mastodon}/_control/${what}`, { method: 'POST', body: JSON.stringify(body) })
  assert.ok(answer.ok, `${what}: ${answer.status}`)
  return answer.json()
}

const xrpc = async (method, body) => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${scene.vera.token}` }
  const answer = await fetch(`${scene.pds}/xrpc/${method}`, { method: 'POST', headers, body: JSON.stringify(body) })
  assert.ok(answer.ok, `${method}: ${answer.status}`)
  return answer.json()
}

const tag = scene.hashtag
const posts = (text) => {
  const words = `${text} #${tag}`
  const byteStart = Buffer.byteLength(`${text} `)
  const facet = {
    index: { byteStart, byteEnd: byteStart + Buffer.byteLength(`#${tag}`) },
    features: [{ $type: 'app.bsky.richtext.facet#tag', tag }],
  }
  const record = { $type: 'app.bsky.feed.post', text: words, langs: ['nl'], createdAt: '2026-05-12T12:00:00.000Z', facets: [facet] }
  return xrpc('com.atproto.repo.createRecord', { repo: scene.vera.did, collection: 'app.bsky.feed.post', record })
}

const repliesOnBluesky = async () => {
  const path = `com.atproto.repo.listRecords?repo=${scene.city}&collection=app.bsky.feed.post`
  return (await (await fetch(`${scene.pds}/xrpc/${path}`)).json()).records.map(({ value }) => value)
}

const repliesOnMastodon = async () => tells('statuses', { account: 'samenspraak' })

await play(async (newScreen) => {
  const laptop = await newScreen('laptop', { size: LAPTOP })
  const projector = await newScreen('projector', { size: PROJECTOR })
  const tablet = await newScreen('tablet', { size: { width: 1180, height: 820 } })
  await opens(projector, `/${tag}/wall`)
  await entersAs(laptop, scene.links.moderator, 'Jana')
  await entersAs(tablet, scene.links.panel, 'Judith')
  const [desk, panel, wall] = [screens.desk(laptop), screens.panel(tablet), screens.wall(projector)]

  // From everywhere: side by side, each with where it came from.
  const { id } = await tells('toot', { account: 'vera', text: `${TOOT} #${tag}` })
  await posts(BLUE)
  await somebodyAsks(WEB)
  await sees(desk.waiting(TOOT))
  await sees(desk.waiting(BLUE))
  await sees(desk.waiting(WEB))
  const entered = await fetch(`${scene.base}/api/v1/sessions/${tag}/hall`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${scene.keys.moderator}` },
    body: JSON.stringify({ text: HALL }),
  })
  assert.equal(entered.status, 201)
  await sees(desk.public(HALL))
  await sees(desk.waiting(TOOT).getByText('Mastodon').first())
  await sees(desk.waiting(BLUE).getByText('Bluesky').first())
  await sees(desk.public(HALL).getByText('zaal').first())

  // Unplugged in the middle: the desk says so, and says when it is back.
  await tells('respond', { path: '/api', status: 503, times: 10000, body: 'onderhoud' })
  await tells('disconnect', {})
  const light = laptop.locator('.desk-channels')
  await until(async () => (await light.getAttribute('data-light')) === 'away', 'the desk says that a network is away')
  await tells('heal', {})
  await until(async () => (await light.getAttribute('data-light')) === 'well', 'and that it is back')

  // The question of the web goes under the toot, both are answered on stage.
  await desk.does(desk.waiting(TOOT), 'Toon')
  await desk.does(desk.waiting(BLUE), 'Toon')
  await desk.does(desk.waiting(WEB), 'Toon')
  for (const text of [WEB, BLUE]) {
    await sees(desk.public(text))
    await desk.does(desk.public(text), 'Bundel')
    await sees(desk.dialog)
    await desk.option(TOOT).click()
    await seesNoMore(desk.public(text))
  }
  await desk.does(desk.public(TOOT), 'Podium')
  await sees(wall.stage(TOOT))
  await sees(panel.question(TOOT))
  await panel.field.fill('In het voorjaar komen er duizend plekken bij.')
  await panel.publish.click()
  await sees(wall.answer('In het voorjaar komen er duizend plekken bij.'))

  // The reply is in both threads.
  await until(async () => (await repliesOnMastodon()).some((status) => status.content.includes('duizend plekken') && status.in_reply_to_id === id), 'a reply to the toot')
  await until(async () => (await repliesOnBluesky()).some((post) => post.text.includes('duizend plekken') && post.reply), 'a reply on Bluesky')

  // The toot's author deletes it: the wall follows, and the bundle goes on under another lead.
  await tells('delete', { id })
  await seesNoMore(wall.stage(TOOT))
  await seesNoMore(desk.public(TOOT))
  await sees(wall.answer('In het voorjaar komen er duizend plekken bij.'))

  for (const page of [laptop, projector, tablet]) assert.deepEqual(page.faults, [], page.url())
})
