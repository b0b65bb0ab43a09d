// Where things are on each screen, by the roles and words that people find them by.

/** A citizen's phone. */
export const citizen = (page) => ({
  box: page.getByRole('textbox', { name: 'Wat wilt u vragen?' }),
  send: page.getByRole('button', { name: 'Stel de vraag' }),
  arrived: page.getByText('Uw vraag is aangekomen'),
  mine: page.getByRole('region', { name: 'Mijn vragen' }),
  now: page.locator('section.now'),
  questions: page.getByRole('region', { name: 'Vragen', exact: true }),
  fresh: page.getByRole('button', { name: /nieuwe vra(ag|gen)$/ }),
  question: (text) => page.locator('li.q', { hasText: text }),
  support: (text) => page.locator('li.q', { hasText: text }).getByRole('button', { name: /steun/ }),
  away: page.getByText('Even geen verbinding. We proberen het opnieuw.', { exact: true }),
})

/** The moderators' desk. */
export const desk = (page) => {
  const area = (id) => page.locator(`section#${id}`)
  const card = (where, text) => where.getByRole('article', { name: text })
  return {
    incoming: area('incoming'),
    shown: area('shown'),
    stage: page.locator('.desk-onstage'),
    queue: page.locator('.desk-queue'),
    declined: page.locator('details.desk-fold', { hasText: 'Afgewezen en ingetrokken' }),
    waiting: (text) => card(area('incoming'), text),
    public: (text) => card(area('shown'), text),
    queued: (text) => card(page.locator('.desk-queue'), text),
    // First the card, then what to do with it: only the selected card shows all of its buttons.
    does: async (where, what) => {
      await where.locator('.desk-words').click()
      await where.getByRole('button', { name: what, exact: true }).click()
    },
    dialog: page.getByRole('dialog'),
    option: (text) => page.getByRole('option').filter({ hasText: text }),
    away: page.getByText('Even geen verbinding. Wat u nu doet'),
  }
}

/** The panel's tablet. */
export const panel = (page) => ({
  question: (text) => page.getByRole('heading', { level: 1, name: text }),
  quiet: page.getByRole('heading', { name: 'Er staat geen vraag op het podium' }),
  next: page.getByRole('region', { name: 'Hierna' }),
  field: page.getByRole('textbox', { name: 'Uw antwoord' }),
  correction: page.getByRole('textbox', { name: 'Verbeter het antwoord' }),
  publish: page.getByRole('button', { name: 'Antwoord tonen' }),
  correct: page.locator('main').getByRole('button', { name: 'Verbeter', exact: true }),
  publishCorrection: page.getByRole('button', { name: 'Verbetering tonen' }),
  kept: page.getByText('bewaard', { exact: true }),
  away: page.getByText('Even geen verbinding. Uw woorden blijven op dit scherm'),
})

/** The wall. */
export const wall = (page) => ({
  stage: (text) => page.locator('main').getByRole('heading', { level: 1, name: text }),
  answer: (text) => page.locator('main').getByText(text, { exact: true }),
  next: (text) => page.locator('aside').getByText(text, { exact: true }),
  words: (text) => page.getByText(text, { exact: true }),
  away: page.getByText('Even geen verbinding. We proberen het opnieuw.', { exact: true }),
})
