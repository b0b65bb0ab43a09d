// The same citizen in a browser that runs no scripts: reading, asking, supporting and taking back
// by forms alone.

import assert from 'node:assert/strict'
import { PHONE, moderatorDoes, play, scene, sees, somethingIsShown } from './lib/stage.mjs'
import * as screens from './lib/screens.mjs'

const OWN = 'Mag mijn bakfiets ook in de stalling?'
const OTHERS = 'Waarom is het fietspad langs de Maas zo smal? #Maas'

await play(async (newScreen) => {
  const others = await somethingIsShown(OTHERS)
  const phone = await newScreen('phone', { size: PHONE, javaScript: false })
  const citizen = screens.citizen(phone)
  await phone.goto(`${scene.base}/${scene.hashtag}`)

  // Words of spaces come back with a reason, and stay.
  await citizen.box.fill('#alleen #hashtags')
  await citizen.send.click()
  await sees(phone.getByText('Er staan alleen hashtags. Schrijf uw vraag erbij.'))
  assert.equal(await citizen.box.inputValue(), '#alleen #hashtags')

  // Asking.
  await citizen.box.fill(OWN)
  await citizen.send.click()
  await sees(citizen.arrived)
  await sees(citizen.mine.getByText(OWN))
  assert.equal(await citizen.box.inputValue(), '')

  // What was asked is followed by reading again.
  const own = new URL(phone.url()).searchParams.get('asked')
  await moderatorDoes('approve', own)
  await phone.goto(`${scene.base}/${scene.hashtag}`)
  await sees(citizen.mine.getByText('Getoond. Anderen kunnen uw vraag nu steunen.'))

  // Support, and taking it back.
  for (const [pressed, number] of [['true', '1'], ['false', '0'], ['true', '1']]) {
    await citizen.support(OTHERS).click()
    await sees(citizen.question(OTHERS))
    assert.equal(await citizen.support(OTHERS).getAttribute('aria-pressed'), pressed)
    assert.ok((await citizen.support(OTHERS).innerText()).startsWith(number))
  }

  // Sorting, searching, topics, and one question's own page.
  await phone.getByRole('link', { name: 'Nieuw', exact: true }).click()
  await sees(citizen.question(OTHERS))
  await phone.getByRole('searchbox').fill('bakfiets')
  await phone.getByRole('button', { name: 'Zoek', exact: true }).click()
  await sees(citizen.question(OWN))
  assert.equal(await citizen.question(OTHERS).count(), 0)
  await phone.goto(`${scene.base}/${scene.hashtag}?topic=maas`)
  await sees(citizen.question(OTHERS))
  assert.equal(await citizen.question(OWN).count(), 0)
  await phone.goto(`${scene.base}/${scene.hashtag}/q/${others}`)
  await sees(phone.getByRole('heading', { name: OTHERS }))

  // The other language stays.
  await phone.goto(`${scene.base}/${scene.hashtag}`)
  await phone.getByRole('link', { name: 'English' }).click()
  await sees(phone.getByRole('heading', { name: 'My questions' }))
  await phone.goto(`${scene.base}/${scene.hashtag}`)
  await sees(phone.getByRole('button', { name: 'Ask the question' }))

  // Taking one's question back asks first.
  await phone.getByText('Take back', { exact: true }).click()
  await phone.getByRole('button', { name: 'Yes, take my question back' }).click()
  await sees(phone.getByText('You took this question back.'))

  // An answer is read by reading again.
  await moderatorDoes('stage', others)
  await phone.reload()
  await sees(phone.locator('section.now').getByText('Waarom is het fietspad'))
})
