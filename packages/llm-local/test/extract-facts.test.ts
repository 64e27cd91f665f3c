import { describe, expect, it } from 'vitest'
import { lines, names, readDocument, readTurn } from './read.ts'

type Case = readonly [text: string, ...facts: string[]]

const themes: Readonly<Record<string, readonly Case[]>> = {
  work: [
    ['I work at Google as a senior engineer', '@self works_at Google', '@self job_title senior engineer'],
    ["I'm a doctor at Mayo Clinic", '@self works_at Mayo Clinic', '@self job_title doctor'],
    ['I left Siemens in March 2021 and now I’m at Bosch.', '@self works_at Siemens until 2021-04-01/month', '@self works_at Bosch'],
    ['I no longer work at Google.', '@self works_at Google until 2024-08-14/second'],
    ['I worked at IBM from 2003 to 2007.', '@self works_at IBM from 2003-01-01/year until 2008-01-01/year'],
    ['I have been working at Stripe since 2019.', '@self works_at Stripe from 2019-01-01/year'],
    [
      'I joined Swiggy on 3 March 2024 as analytics lead.',
      '@self works_at Swiggy from 2024-03-03/day',
      '@self job_title analytics lead from 2024-03-03/day',
    ],
    ['i live in berlin and work at google', '@self lives_in berlin', '@self works_at google'],
    ['I used to be a bank teller.', '@self job_title bank teller until 2024-08-14/second'],
  ],
  homes: [
    ['I moved to Lyon in September 2019.', '@self lives_in Lyon from 2019-09-01/month'],
    ['I used to live in Leeds.', '@self lives_in Leeds until 2024-08-14/second'],
    ['I grew up in Ipoh and I live in Singapore.', '@self grew_up_in Ipoh', '@self lives_in Singapore'],
    ['I left Saint Petersburg in 2022.', '@self lives_in Saint Petersburg until 2023-01-01/year'],
    ['I am from Recife.', '@self from Recife'],
  ],
  family: [
    ['My sister Priya is a nurse and she lives in Leeds.', '@self sister Priya', 'Priya job_title nurse', 'Priya lives_in Leeds'],
    ['my sister is a nurse', 'sister of @self job_title nurse'],
    ["My boyfriend's name is Darren.", '@self boyfriend Darren'],
    ['My father-in-law, Osvaldo, lives in Natal.', '@self father_in_law Osvaldo', 'Osvaldo lives_in Natal'],
    ['We have two kids, Ella and Max.', '@self number_of_children 2', '@self has_child Ella', '@self has_child Max'],
    ['Hélène and I got married on 18 June 2022 in Mikulov.', '@self married_on 2022-06-18', 'Hélène married_on 2022-06-18'],
    [
      "My mother's name is Ruth and she was born in 1955 in Haifa.",
      '@self mother Ruth',
      'Ruth born_in Haifa from 1955-01-01/year',
      'Ruth born_on 1955',
    ],
  ],
  pets: [
    ['Got a collie, Fly, and a ferret called Angus.', '@self has_pet Fly', '@self has_pet Angus', 'Fly is_a collie', 'Angus is_a ferret'],
    ["I've got a hamster! He's called Tofu.", '@self has_pet Tofu', 'Tofu is_a hamster'],
    ["adopted an indie dog today!! her name's Idli", '@self has_pet Idli', 'Idli is_a indie dog'],
    ["Our beagle's name is Feijão.", '@self has_pet Feijão', 'Feijão is_a beagle'],
  ],
  tastes: [
    ["I love filter coffee but I can't stand green tea", '@self likes filter coffee', '@self dislikes green tea'],
    ['I love hiking in the Alps.', '@self likes hiking in the Alps'],
    ["Can't eat hazelnuts, I'm allergic.", '@self allergic_to hazelnuts'],
    ["I'm allergic to shellfish.", '@self allergic_to shellfish'],
    ['I have a peanut allergy.', '@self allergic_to peanut'],
    ["I'm vegetarian.", '@self diet vegetarian'],
    ['I play the cello.', '@self plays cello'],
    ['My favourite colour is dark green.', '@self favourite_colour dark green'],
  ],
  studies: [
    ["I'm doing a master's in civil engineering at TU Delft.", '@self studies civil engineering', '@self studied_at TU Delft'],
    ['I graduated from MIT in 2012.', '@self studied_at MIT from 2012-01-01/year'],
    ['did my BTech at NIT Trichy', '@self studied_at NIT Trichy'],
    ['My mum teaches Gaelic at the Nicolson Institute.', 'mum of @self teaches Gaelic', 'mum of @self works_at Nicolson Institute'],
  ],
  birthdays: [
    ['My birthday is 31 December.', '@self born_on --12-31'],
    ['I was born on the 3rd of November 1987.', '@self born_on 1987-11-03'],
    ['My birthday is on June 14, 1990.', '@self born_on 1990-06-14'],
    ['I am 34 years old.', '@self age 34'],
  ],
  denials: [
    ["I don't have a dog.", '@self not has_pet dog'],
    ["I'm not married.", '@self not marital_status married'],
    ["I've got a cat, but I don't own a car.", '@self not owns car'],
  ],
}

for (const [theme, cases] of Object.entries(themes)) {
  describe(`facts about ${theme}`, () => {
    for (const [text, ...facts] of cases) {
      it(`reads: ${text}`, async () => {
        expect(lines(await readTurn(text))).toEqual(expect.arrayContaining(facts))
      })
    }
  })
}

describe('what asserts nothing', () => {
  for (const text of [
    'Do you live in Leeds?',
    'If I had a dog I would call him Rex.',
    'I wish I lived in Rome.',
    'Would you marry me?',
    "Don't ask me about Paris.",
  ]) {
    it(`draws no fact from: ${text}`, async () => {
      expect(lines(await readTurn(text))).toEqual([])
    })
  }
})

describe('who says "I"', () => {
  it('is the speaker when somebody else speaks', async () => {
    expect(lines(await readTurn('I live in Leeds.', { speaker: { name: 'Bob' } }))).toEqual(['@speaker lives_in Leeds'])
  })

  it('is nobody in a document', async () => {
    expect(names(await readDocument('Diary', 'I live in Leeds.'))).toEqual(['Diary', 'Leeds'])
  })

  it('ties a name that the user gives to the user', async () => {
    const extraction = await readTurn("My name's Mei-Ling but everyone calls me Mei.")
    const [a, b, self] = ['Mei-Ling', 'Mei', '@self'].map((name) => names(extraction).indexOf(name))
    const pairs = extraction.same.map((same) => [same.a, same.b].sort())
    expect(pairs).toEqual(expect.arrayContaining([[a, self].sort(), [b, self].sort()]))
  })

  it('marks the facts of which a subject has one at a time', async () => {
    const { facts } = await readTurn('I live in Leeds and I like tea.')
    expect(facts.map((fact) => [fact.predicate, fact.exclusive])).toEqual([
      ['lives_in', true],
      ['likes', false],
    ])
  })
})

describe('an article', () => {
  it('says what its subject is, where it lies, and by whom it was made', async () => {
    const read = lines(
      await readDocument(
        'Red Hill (film)',
        'Red Hill is a 2010 Australian film written and directed by Patrick Hughes. It stars Ryan Kwanten.',
      ),
    )
    expect(read).toEqual(
      expect.arrayContaining([
        'Red Hill is_a 2010 film',
        'Red Hill nationality Australian',
        'Patrick Hughes directed Red Hill',
        'Red Hill star Ryan Kwanten',
      ]),
    )
  })

  it('keeps what its title adds to tell the subject from others', async () => {
    const { names: read } = await readDocument('John Vale (footballer)', 'John Vale (born 3 May 1970 in Cork) played for Leeds United.')
    expect(read[0]).toMatchObject({ name: 'John Vale', discriminator: 'footballer', type: 'person' })
  })

  it('means its subject by "he", and by a part of the name', async () => {
    const read = lines(await readDocument('Ada Moss', 'Ada Moss is a Welsh painter. She lives in Cardiff. Moss wrote Grey Water.'))
    expect(read).toEqual(expect.arrayContaining(['Ada Moss is_a painter', 'Ada Moss lives_in Cardiff', 'Ada Moss wrote Grey Water']))
  })

  it('reads brackets after a name', async () => {
    const extraction = await readDocument('Ina Berg', 'Ina Berg (2 May 1901 – 7 June 1988) worked for the World Health Organization (WHO).')
    expect(lines(extraction)).toEqual(expect.arrayContaining(['Ina Berg born_on 1901-05-02', 'Ina Berg died_on 1988-06-07']))
    const [long, short] = ['World Health Organization', 'WHO'].map((name) => names(extraction).indexOf(name))
    expect(extraction.same.map(({ a, b }) => [a, b])).toContainEqual([long, short])
  })
})

describe('reading', () => {
  it('depends on the passage alone', async () => {
    const text = 'My brother Karthik is studying medicine in Pune. He starts at Wipro next month.'
    const first = await readTurn(text)
    await readTurn('I love Berlin. She lives there. Yesterday I met Rex.')
    expect(await readTurn(text)).toEqual(first)
  })

  it('gives spans within the text', async () => {
    const text = 'Yes!  My sister Priya lives in Leeds.\nI do not.'
    const { names: read, facts } = await readTurn(text)
    expect(read.flatMap((name) => name.mentions.map((span) => text.slice(span.start, span.end)))).toEqual(
      expect.arrayContaining(['Priya', 'Leeds', 'My']),
    )
    expect(facts.map((fact) => text.slice(fact.span.start, fact.span.end))).toContain('My sister Priya lives in Leeds.')
  })

  it('rejects with the reason of a signal that is aborted', async () => {
    const { localReasoner } = await import('@graphmem/llm-local')
    const reason = new Error('enough')
    const extraction = localReasoner().extract({ text: 'x', kind: 'text', self: { aliases: [] } }, { signal: AbortSignal.abort(reason) })
    await expect(extraction).rejects.toBe(reason)
  })

  it('gives nothing for an empty or a wordless text', async () => {
    for (const text of ['', '   \n', '🐶🐶', '…?!']) expect(await readTurn(text)).toEqual({ names: [], facts: [], same: [] })
  })
})
