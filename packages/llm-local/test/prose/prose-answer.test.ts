import type { Evidence, EvidenceFact, ReasonedAnswer } from '@graphmem/core/spec'
import { localReasoner } from '@graphmem/llm-local'
import { describe, expect, it } from 'vitest'
import { evidenceOf } from './told.ts'

type Told = Evidence | Readonly<Record<string, string>>

async function ask(text: string, told: Told): Promise<ReasonedAnswer | undefined> {
  const question = { text, self: { aliases: [] }, at: Date.parse('2024-06-01T10:00:00Z') }
  const answer = await localReasoner().answer(question, isEvidence(told) ? told : evidenceOf(told))
  return answer !== undefined && answer.support >= 0.5 ? answer : undefined
}

function isEvidence(told: Told): told is Evidence {
  return Array.isArray((told as Evidence).passages)
}

async function said(text: string, told: Told): Promise<string | undefined> {
  return (await ask(text, told))?.text
}

const film = {
  'Silver Harbour': 'Silver Harbour is a 1971 Danish drama film directed by Marta Lindqvist. The music was composed by Otto Brandt.',
  'Marta Lindqvist':
    'Marta Lindqvist (4 July 1930 – 2 March 1999) was a Swedish film director. She was born in Uppsala, Sweden. She was the daughter of the painter Karl Lindqvist and Anna Berg. In 1955 she married the actor Jens Toft.',
  'Karl Lindqvist': 'Karl Lindqvist (1898 – 12 May 1960) was a Swedish painter. He died in Visby. He studied at the Royal Academy.',
  'Otto Brandt': 'Otto Brandt (born 1 January 1940) is a German composer.',
  'Copper Bay': 'Copper Bay is a 1980 film directed by Ivo Kral. It stars Jens Toft.',
  'Ivo Kral': 'Ivo Kral (9 October 1941 – 3 June 1990) was a Czech director.',
}

describe('answers by documents that follow relations', () => {
  it('go from a name over one passage to the next, and cite both', async () => {
    const answer = await ask('Where was the director of Silver Harbour born?', film)
    expect(answer?.text).toBe('Uppsala, Sweden')
    expect(answer?.citations.map(({ chunkId }) => chunkId)).toEqual(['chunk1', 'chunk0'])
  })

  it.each([
    ['When did the director of the film Silver Harbour die?', '2 March 1999'],
    ["Where did Marta Lindqvist's father die?", 'Visby'],
    ['Who is the mother of the director of Silver Harbour?', 'Anna Berg'],
    ['Who is the husband of Marta Lindqvist?', 'Jens Toft'],
    ['What nationality is the composer of Silver Harbour?', 'German'],
    ['Which country is the director of Copper Bay from?', 'Czech Republic'],
    ["Where did Marta Lindqvist's father study?", 'Royal Academy'],
    ['Who directed Copper Bay?', 'Ivo Kral'],
  ])('%s', async (question, answer) => {
    expect(await said(question, film)).toBe(answer)
  })

  it('are none where a step is not told', async () => {
    expect(await said('Where did the composer of Silver Harbour die?', film)).toBeUndefined()
    expect(await said('Who is the mother of Ivo Kral?', film)).toBeUndefined()
    expect(await said('Where was the director of Golden Shore born?', film)).toBeUndefined()
  })

  it('find the relation where only the passage of the other tells it', async () => {
    const told = { 'Ana Ruiz': 'Ana Ruiz is a writer of Seville.', 'Luis Ruiz': 'Luis Ruiz was a baker. He was the father of Ana Ruiz.' }
    expect(await said("Who is Ana Ruiz's father?", told)).toBe('Luis Ruiz')
  })
})

describe('answers by documents that compare two', () => {
  it.each([
    ['Which film came out first, Copper Bay or Silver Harbour?', 'Silver Harbour'],
    ['Which film was released more recently, Copper Bay or Silver Harbour?', 'Copper Bay'],
    ['Which film has the director who died earlier, Copper Bay or Silver Harbour?', 'Copper Bay'],
    ['Which film whose director is younger, Silver Harbour or Copper Bay?', 'Copper Bay'],
    ['Who was born later, Marta Lindqvist or Otto Brandt?', 'Otto Brandt'],
    ['Who lived longer, Marta Lindqvist or Ivo Kral?', 'Marta Lindqvist'],
    ['Are Marta Lindqvist and Karl Lindqvist from the same country?', 'yes'],
    ['Do the director of Silver Harbour and the director of Copper Bay share the same nationality?', 'no'],
    ['Are Marta Lindqvist and Karl Lindqvist both painters?', 'no'],
    ['Which is a composer, Ivo Kral or Otto Brandt?', 'Otto Brandt'],
  ])('%s', async (question, answer) => {
    expect(await said(question, film)).toBe(answer)
  })

  it('are none where one of the two is not known', async () => {
    expect(await said('Which film came out first, Copper Bay or Golden Shore?', film)).toBeUndefined()
  })
})

describe('answers by documents to open questions', () => {
  const town = {
    'Iron Gate Station': 'Iron Gate Station is a railway station in the town of Vessby. It was opened by the mayor in 1902.',
    Vessby: 'Vessby is a town on the river Alna. Its brewery, the Crown Brewery, was burnt down by soldiers.',
    Holmby: 'Holmby is a town on a lake. It has two schools.',
  }

  it('bring two passages together', async () => {
    const answer = await ask('Which brewery of the town that has the railway station Iron Gate Station was burnt down?', town)
    expect(answer?.text).toBe('Crown Brewery')
    expect(answer?.citations[0]?.chunkId).toBe('chunk1')
  })

  it('are none where a name is nowhere', async () => {
    expect(await said('Which brewery of the town that has the railway station Copper Gate was burnt down?', town)).toBeUndefined()
  })

  it('leave what one sentence says to the sentence', async () => {
    const notes = { Garden: 'On 4 May the committee decided to close the north gate because the hinges are broken.' }
    expect(await said('What did the committee decide?', notes)).toBe('close the north gate')
    expect(await said('Why did the committee close the gate?', notes)).toBe('because the hinges are broken')
  })
})

describe('documents beside what somebody says of themselves', () => {
  it('give way to the fact that holds, where that changes in a life', async () => {
    const told = evidenceOf({ 'Bob Stone': 'Bob Stone is a surveyor. He worked at Acme from 1999 to 2010.' })
    const entity = { aliases: [], isSelf: false } as const
    const works: EvidenceFact = {
      factId: 'works',
      subject: { ...entity, entityId: 'bob', name: 'Bob Stone', type: 'person' },
      predicate: 'works_at',
      object: { ...entity, entityId: 'globex', name: 'Globex', type: 'organisation' },
      valid: {},
      negated: false,
      holds: true,
      chunkId: 'chunk0',
      span: { start: 0, end: 24 },
      confidence: 0.9,
    }
    expect(await said('Where does Bob Stone work?', { ...told, facts: [works], named: [works.subject] })).toBe('Globex')
  })

  it('do not answer for the asker', async () => {
    expect(await said('Where was my father born?', film)).toBeUndefined()
    expect(await said('Where do I live?', film)).toBeUndefined()
  })
})
