// axe-core finds nothing on any page, in both languages, in the light and in the dark.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { LAPTOP, PHONE, afresh, play } from './lib/stage.mjs'
import { pages } from './lib/pages.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

await play(async (newScreen) => {
  const found = []
  for (const [language, scheme, size] of [['nl-NL', 'light', LAPTOP], ['en-GB', 'dark', PHONE]]) {
    const page = await newScreen(language, { language, scheme, size, own: { bypassCSP: true, reducedMotion: 'reduce' } })
    for (const { name, arrive } of pages) {
      await afresh(page)
      await arrive(page)
      await page.evaluate(axe)
      const { violations, passes } = await page.evaluate(() => globalThis.axe.run(document))
      assert.ok(passes.length > 5, `axe looked at ${name}`)
      for (const { id, help, nodes } of violations) {
        const where = nodes.map((node) => node.html.slice(0, 120)).join(' | ')
        found.push(`${name} (${language}, ${scheme}): ${id}: ${help}: ${where}`)
      }
    }
  }
  assert.deepEqual(found, [])
})
