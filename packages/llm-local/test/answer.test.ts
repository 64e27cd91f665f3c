import type { Evidence, EvidenceEntity, EvidenceFact, EvidencePassage, Question, ReasonedAnswer } from '@graphmem/core/spec'
import { localReasoner } from '@graphmem/llm-local'
import { describe, expect, it } from 'vitest'

const alice: EvidenceEntity = { entityId: 'alice', name: 'Alice', aliases: [], type: 'person', isSelf: true }
const at = Date.parse('2024-06-01T10:00:00Z')

interface Said {
  readonly text: string
  readonly at?: string
  readonly by?: string
  readonly session?: string
  readonly sequence?: number
}

function passages(said: readonly (string | Said)[]): readonly EvidencePassage[] {
  return said.map((each, place) => {
    const { text, at: when, by, session, sequence } = typeof each === 'string' ? { text: each } : (each as Said)
    return {
      chunkId: `chunk${place}`,
      text,
      sentences: sentencesOf(text),
      kind: by === undefined ? 'text' : 'turn',
      speaker: by === undefined ? 'self' : { name: by },
      at: Date.parse(when ?? '2024-05-01T10:00:00Z'),
      score: 1,
      ...(session === undefined ? {} : { session }),
      ...(sequence === undefined ? {} : { sequence }),
    }
  })
}

function sentencesOf(text: string): { start: number; end: number }[] {
  return Array.from(new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text), ({ index, segment }) => ({
    start: index,
    end: index + segment.trimEnd().length,
  }))
}

async function ask(text: string, said: readonly (string | Said)[], more: Partial<Evidence> = {}): Promise<ReasonedAnswer | undefined> {
  const question: Question = { text, self: { name: 'Alice', aliases: [] }, at }
  const answer = await localReasoner().answer(question, { passages: passages(said), facts: [], named: [], ...more })
  return answer !== undefined && answer.support >= 0.5 ? answer : undefined
}

async function said(text: string, evidence: readonly (string | Said)[], more: Partial<Evidence> = {}): Promise<string | undefined> {
  return (await ask(text, evidence, more))?.text
}

function fact(predicate: string, object: EvidenceFact['object'], more: Partial<EvidenceFact> = {}): EvidenceFact {
  return {
    factId: `fact ${predicate}`,
    subject: alice,
    predicate,
    object,
    valid: {},
    negated: false,
    holds: true,
    chunkId: 'chunk0',
    span: { start: 0, end: 5 },
    confidence: 0.9,
    ...more,
  }
}

describe('the local answerer', () => {
  it('answers what the user said of themselves, by "I" and by name', async () => {
    const evidence = ['I work at Google as a senior engineer']
    expect(await said('Where do I work?', evidence)).toBe('Google')
    expect(await said('Where does Alice work?', evidence)).toBe('Google')
    expect(await said('What is my job?', evidence)).toBe('senior engineer')
  })

  it('abstains from what nobody said of somebody else', async () => {
    const evidence = ['I work at Google as a senior engineer']
    expect(await said('What does Bob do?', evidence)).toBeUndefined()
    expect(await said('Where does Bob work?', evidence)).toBeUndefined()
  })

  it('abstains from another relation of a person it knows', async () => {
    const evidence = ['My best friend Ritika is getting married on 28 November 2025 in Udaipur.', "I'm a nurse."]
    expect(await said('Where does Ritika work?', evidence)).toBeUndefined()
    expect(await said("What's my sister's name?", evidence)).toBeUndefined()
    expect(await said("When is Ritika's birthday?", evidence)).toBeUndefined()
    expect(await said("When is Ritika's wedding?", evidence)).toBe('28 November 2025')
  })

  it('says who is called what, and what somebody is to the user', async () => {
    const evidence = [
      'Got a collie, Fly, and a ferret called Angus.',
      'My wife Hélène teaches maths.',
      "I've got a hamster! He's called Tofu.",
    ]
    expect(await said("What's my dog called?", evidence)).toBe('Fly')
    expect(await said("What's my hamster's name?", evidence)).toBe('Tofu')
    expect(await said('Who is my wife?', evidence)).toBe('Hélène')
    expect(await said('Who is Hélène?', evidence)).toContain('wife')
    expect(await said('What kind of animal is Angus?', evidence)).toBe('ferret')
    expect(await said('What is my cat called?', evidence)).toBeUndefined()
  })

  it('lists all names of several', async () => {
    expect(await said('What are my cats called?', ["We've got two cats, Mufin and Bára, but no dog."])).toBe('Mufin and Bára')
  })

  it('follows a chain of two people', async () => {
    const evidence = ['My sister Priya is a nurse.', "Priya's husband Sam works at Siemens."]
    expect(await said('What does my sister do?', evidence)).toBe('nurse')
    expect(await said("Where does my sister's husband work?", evidence)).toBe('Siemens')
    expect(await said("Where does my brother's wife work?", evidence)).toBeUndefined()
  })

  it('tells now from then', async () => {
    const evidence: Said[] = [
      { text: 'I work at Flipkart as a data analyst.', at: '2024-01-01T10:00:00Z' },
      { text: "I've resigned from Flipkart, joining Swiggy on 3 March 2024 as analytics lead.", at: '2024-02-20T10:00:00Z' },
    ]
    expect(await said('Where do I work now?', evidence)).toBe('Swiggy')
    expect(await said('Where did I work before Swiggy?', evidence)).toBe('Flipkart')
    expect(await said('What is my job?', evidence)).toBe('analytics lead')
  })

  it('counts relative dates from when they were said', async () => {
    const yesterday: Said = {
      text: 'I went to a support group yesterday.',
      by: 'Caroline',
      at: '2023-05-08T13:56:00Z',
      session: '1',
      sequence: 1,
    }
    expect(await said('When did Caroline go to the support group?', [yesterday])).toBe('7 May 2023')
    const lastYear: Said = {
      text: 'I painted that lake sunrise last year!',
      by: 'Melanie',
      at: '2023-05-08T13:56:00Z',
      session: '1',
      sequence: 2,
    }
    expect(await said('When did Melanie paint a lake sunrise?', [lastYear])).toBe('2022')
  })

  it('abstains when the asked person is not the one who said it', async () => {
    const evidence: Said[] = [
      { text: 'I went to a support group yesterday and it was so powerful.', by: 'Caroline', session: '1', sequence: 1 },
      { text: "Wow, that's cool, Caroline! What happened there?", by: 'Melanie', session: '1', sequence: 2 },
    ]
    expect(await said('When did Caroline go to the support group?', evidence)).toBeDefined()
    expect(await said('When did Melanie go to the support group?', evidence)).toBeUndefined()
  })

  it('abstains when a word of the relation is nowhere', async () => {
    const evidence: Said[] = [{ text: 'I went to a pottery class last week.', by: 'Melanie', session: '1', sequence: 1 }]
    expect(await said('When did Melanie go to the adoption meeting?', evidence)).toBeUndefined()
  })

  it('answers yes and no by what is affirmed and denied', async () => {
    expect(await said('Do I own a car?', ["I don't own a car."])).toBe('No')
    expect(await said('Do I own a car?', ['I own a little car.'])).toBe('Yes')
    expect(await said('Am I married?', ['Not married, no kids.'])).toBe('No')
    expect(await said('Do I have a dog?', ["We're getting a kitten on Saturday."])).toBeUndefined()
  })

  it('answers from a stored fact, and cites it', async () => {
    const works = fact('works_at', { entityId: 'google', name: 'Google', aliases: [], type: 'organisation', isSelf: false })
    const answer = await ask('Where do I work?', ['Big news about the office.'], { facts: [works], named: [alice] })
    expect(answer?.text).toBe('Google')
    expect(answer?.citations[0]).toMatchObject({ chunkId: 'chunk0', factId: 'fact works_at' })
  })

  it('writes the date of a fact as people do', async () => {
    const born = fact('born_on', { value: '--12-31', valueType: 'date' })
    expect(await said('When is my birthday?', ['Turned forty.'], { facts: [born], named: [alice] })).toBe('31 December')
  })

  it('leaves a fact that no longer holds, and another person’s', async () => {
    const ended = fact('works_at', { value: 'Acme', valueType: 'text' }, { holds: false })
    expect(await said('Where do I work?', ['Hello.'], { facts: [ended] })).toBeUndefined()
    const other: EvidenceEntity = { entityId: 'bob', name: 'Bob', aliases: [], type: 'person', isSelf: false }
    const foreign = fact('works_at', { value: 'Acme', valueType: 'text' }, { subject: other })
    expect(await said('Where do I work?', ['Hello.'], { facts: [foreign] })).toBeUndefined()
  })

  it('keeps two who both speak apart, even where they were merged', async () => {
    const merged: EvidenceEntity = { entityId: 'x', name: 'John', aliases: ['Maria'], type: 'person', isSelf: false }
    const evidence: Said[] = [
      { text: 'Last week, my grandma passed away.', by: 'Maria', session: '1', sequence: 1 },
      { text: 'So sorry to hear about your loss, Maria.', by: 'John', session: '1', sequence: 2 },
    ]
    expect(await said("When did Maria's grandmother pass away?", evidence, { named: [merged] })).toBeDefined()
    expect(await said("When did John's grandmother pass away?", evidence, { named: [merged] })).toBeUndefined()
  })

  it('cites a sentence that it was given', async () => {
    const evidence = ['Nice weather. I collect old synthesizers, my favourite one is a Polivoks.', 'My brother is a joiner.']
    const answer = await ask('What does Alice collect?', evidence)
    expect(answer?.text).toContain('synthesizers')
    expect(answer?.citations).toHaveLength(1)
    const [citation] = answer?.citations ?? []
    expect(citation?.chunkId).toBe('chunk0')
    expect(evidence[0]?.slice(citation?.span?.start, citation?.span?.end)).toBe(
      'I collect old synthesizers, my favourite one is a Polivoks.',
    )
  })

  it('says at most 25 words', async () => {
    const long = `I collect ${Array.from({ length: 60 }, (_, place) => `thing${place}`).join(' ')}`
    const answer = await ask('What do I collect?', [long])
    expect(answer?.text.split(' ').length).toBeLessThanOrEqual(25)
  })

  it('says nothing without evidence, and does not fail on an empty question', async () => {
    expect(await said('Where do I work?', [])).toBeUndefined()
    expect(await said('', ['I work at Google.'])).toBeUndefined()
    expect(await said('?!', ['I work at Google.'])).toBeUndefined()
  })
})
