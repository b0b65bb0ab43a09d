// Every page in both languages and at four widths: nothing to scroll sideways to, no error in the
// console, nothing the content security policy had to stop. Leaves a picture of each.

import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { PHONE, afresh, play, scene } from './lib/stage.mjs'
import { pages } from './lib/pages.mjs'

const WIDTHS = [[320, 700], [390, 844], [1280, 800], [1920, 1080]]
// A page that is not there, or not for everybody, says so with its status; browsers call that an error.
const SAID_BY_STATUS = /the server responded with a status of (401|404|410|422)/

await play(async (newScreen) => {
  mkdirSync(scene.pictures, { recursive: true })
  const found = []
  for (const language of ['nl', 'en']) {
    const page = await newScreen(language, { language, size: PHONE })
    for (const { name, arrive } of pages) {
      await afresh(page)
      await arrive(page)
      assert.equal(await page.locator('html').getAttribute('lang'), language, name)
      for (const [width, height] of WIDTHS) {
        await page.setViewportSize({ width, height })
        await page.evaluate(() => document.fonts.ready.then(() => {}))
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        if (over > 0) found.push(`${name} (${language}) is ${over} pixels too wide at ${width}`)
        const path = join(scene.pictures, `${name}-${language}-${width}.png`)
        if (width > 320) await page.screenshot({ path, animations: 'disabled' })
      }
      const faults = page.faults.filter((fault) => !SAID_BY_STATUS.test(fault))
      found.push(...faults.map((fault) => `${name} (${language}): ${fault}`))
      await page.setViewportSize(PHONE)
    }
  }
  assert.deepEqual(found, [])
})
