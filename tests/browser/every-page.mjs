// Every page in both languages, on phones and larger screens: nothing to scroll sideways to, no
// error in the console, nothing the content security policy had to stop. Leaves a picture of each.

import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { LAPTOP, PHONE, PROJECTOR, afresh, play, scene } from './lib/stage.mjs'
import { pages } from './lib/pages.mjs'

const SMALLEST = { width: 320, height: 700 }
// A page that is not there, or not for everybody, says so with its status; browsers call that an error.
const SAID_BY_STATUS = /the server responded with a status of (401|404|410|422)/

await play(async (newScreen) => {
  mkdirSync(scene.pictures, { recursive: true })
  const found = []
  for (const language of ['nl', 'en']) {
    for (const sizes of [[PHONE, SMALLEST], [LAPTOP, PROJECTOR]]) {
      const page = await newScreen(`${language}-${sizes[0].width}`, { language, size: sizes[0] })
      for (const { name, arrive } of pages) {
        await afresh(page)
        await arrive(page)
        assert.equal(await page.locator('html').getAttribute('lang'), language, name)
        for (const size of sizes) {
          await page.setViewportSize(size)
          await page.evaluate(() => document.fonts.ready.then(() => {}))
          const over = await page.evaluate(() => {
            const { scrollWidth, clientWidth } = document.documentElement
            return scrollWidth - clientWidth
          })
          if (over > 0) found.push(`${name} (${language}) is ${over} pixels too wide at ${size.width}`)
          const path = join(scene.pictures, `${name}-${language}-${size.width}.png`)
          if (size !== SMALLEST) await page.screenshot({ path, animations: 'disabled' })
        }
        const faults = page.faults.filter((fault) => !SAID_BY_STATUS.test(fault))
        found.push(...faults.map((fault) => `${name} (${language}): ${fault}`))
        await page.setViewportSize(sizes[0])
      }
      await page.context().close()
    }
  }
  assert.deepEqual(found, [])
})
