import { hasDataset, readLines } from '@graphmem/bench/datasets'
import { readPassages } from '@graphmem/bench/extraction/open-ie'
import { conversationCorpora, documentsOf, passageCorpus } from '@graphmem/bench/recall/recall-corpus'
import { comparedRows } from '@graphmem/bench/recorded/compared-rows'
import { extractionOfStatements } from '@graphmem/bench/recorded/extraction-of-statements'
import { extractionOfTriples } from '@graphmem/bench/recorded/extraction-of-triples'
import { joined } from '@graphmem/bench/recorded/joined-reasoner'
import { memoryGraph } from '@graphmem/bench/recorded/memory-graph'
import { recordedReasoner } from '@graphmem/bench/recorded/recorded-reasoner'
import { hasRecordings, type RecordedFact, recordedStatements, recordedTriples } from '@graphmem/bench/recorded/recordings'
import { GraphMem } from '@graphmem/core'
import type { Extraction, Reasoner } from '@graphmem/core/spec'
import { localEmbedder } from '@graphmem/llm-local'
import { memoryStore } from '@graphmem/store-memory'
import { expect, test } from 'vitest'

const text = 'Ada Byron was born in London in 1815. She wrote of the Analytical Engine, which Charles Babbage had designed.'
const passage = {
  title: 'Ada Lovelace',
  text,
  entities: ['Ada Byron', 'analytical engine', 'Charles Babbage', 'Ada Lovelace', 'London', '1815', ' '],
  triples: [
    ['Ada Byron', 'born in', 'London'],
    ['Charles Babbage', 'had designed', 'The Analytical Engine'],
    ['Ada Byron', 'wrote — of', 'a machine'],
    ['her mother', 'is not', 'Ada Byron'],
    ['Ada Byron', ' ', 'London'],
  ] as const,
} as const

/** As a reader sees it: names by place, facts in words. */
function told({ names, facts }: Extraction, of: string) {
  const nameAt = (place: number) => names[place]?.name
  return facts.map(({ subject, predicate, object, span }) => [
    nameAt(subject),
    predicate,
    'name' in object ? nameAt(object.name) : object.value,
    of.slice(span.start, span.end),
  ])
}

test('recorded triples become facts between names, each on the sentence with most of its words', () => {
  const extraction = extractionOfTriples(passage)
  const [first, second] = ['Ada Byron was born in London in 1815.', text.slice(38)]
  expect(told(extraction, text)).toEqual([
    ['Ada Byron', 'born_in', 'London', first],
    ['Charles Babbage', 'had_designed', 'analytical engine', second],
    ['Ada Byron', 'wrote_of', 'a machine', first],
    ['her mother', 'is_not', 'Ada Byron', first],
  ])
  expect(extraction.facts.map(({ object }) => 'name' in object)).toEqual([true, true, false, true])
  expect(extraction.facts[0]?.confidence).toBe(1)
  expect(extraction.facts[3]?.confidence).toBeLessThan(1)
})

test('a recorded name is mentioned wherever the text has it as whole words, in other case where it is not written alike, and may be nowhere', () => {
  const { names } = extractionOfTriples({ ...passage, entities: [...passage.entities, 'Babb', 'C++ (a language)'] })
  const mentioned = names.map(({ name, mentions }) => [name, ...mentions.map(({ start, end }) => text.slice(start, end))])
  expect(mentioned).toEqual([
    ['Ada Byron', 'Ada Byron'],
    ['analytical engine', 'Analytical Engine'],
    ['Charles Babbage', 'Charles Babbage'],
    ['Ada Lovelace'],
    ['London', 'London'],
    ['1815', '1815'],
    ['Babb'],
    ['C++ (a language)'],
    ['her mother'],
  ])
})

test('of a passage that was cut, a part has what is named in it', () => {
  const part = 'Ada Byron was born in London in 1815.'
  const extraction = extractionOfTriples(passage, part)
  expect(extraction.names.map(({ name }) => name)).toEqual(['Ada Byron', 'London', '1815'])
  expect(told(extraction, part).map(([, predicate]) => predicate)).toEqual(['born_in', 'wrote_of'])
})

test('a recorded statement is told of its speaker: the first word after the name is the predicate, the rest a value', () => {
  const turn = 'Hey! I went to a support group yesterday. How are you?'
  const extraction = extractionOfStatements(turn, 'Anna', [
    { speaker: 'Anna', fact: 'Anna recently attended a support group and found it inspiring.' },
    { speaker: 'Anna', fact: "Anna's group meets on Mondays." },
    { speaker: 'Anna', fact: 'Anna and Ben run a support group.' },
    { speaker: 'Ben', fact: 'Ben listens.' },
  ])
  expect(extraction.names.map(({ name }) => name)).toEqual([{ role: 'speaker' }, 'Ben'])
  expect(told(extraction, turn)).toEqual([
    [{ role: 'speaker' }, 'attended', 'a support group and found it inspiring.', 'I went to a support group yesterday.'],
    [{ role: 'speaker' }, 'told', "Anna's group meets on Mondays.", 'I went to a support group yesterday.'],
    [{ role: 'speaker' }, 'told', 'Anna and Ben run a support group.', 'I went to a support group yesterday.'],
    ['Ben', 'told', 'Ben listens.', turn],
  ])
})

test('a passage without a record has no names and no facts, and is counted', async () => {
  const reasoner = recordedReasoner('recorded', (read) => (read.text === text ? extractionOfTriples(passage) : undefined))
  const { names, facts } = await ingested(reasoner, [text, 'Grace Hopper worked at Harvard.'])
  expect({ names, facts }).toEqual({ names: 7, facts: 4 })
  expect(reasoner.counts).toEqual({ recorded: 1, missing: 1 })
})

test('two extractions joined have a name of both once, and the facts of both on their own names', () => {
  const other: Extraction = {
    names: [
      { name: 'sister', type: 'person', of: 1, mentions: [] },
      { name: 'ADA BYRON', type: 'person', mentions: [{ start: 0, end: 9 }] },
      { name: 'Turin', type: 'place', mentions: [] },
    ],
    facts: [
      {
        subject: 0,
        predicate: 'lives_in',
        object: { name: 2 },
        span: { start: 0, end: 9 },
        valid: {},
        negated: false,
        exclusive: true,
        confidence: 1,
      },
    ],
    same: [{ a: 1, b: 2, confidence: 0.5 }],
  }
  const first = extractionOfTriples(passage)
  const both = joined(first, other)
  expect(both.names.slice(0, 7)).toEqual(first.names)
  expect(both.names.slice(7)).toEqual([{ name: 'sister', type: 'person', of: 0, mentions: [] }, other.names[2]])
  expect(told(both, text).at(-1)?.slice(0, 3)).toEqual(['sister', 'lives_in', 'Turin'])
  expect(both.same).toEqual([{ a: 0, b: 8, confidence: 0.5 }])
})

test('rankings are compared question by question', () => {
  const rows = comparedRows('set', [['a'], ['b', 'c']], { one: [['a'], ['x', 'b']], other: [['x'], ['b', 'c']] }, [['other', 'one']], [2])
  expect(rows).toEqual([
    { measure: 'set, recall@2, %: one; other', value: '75.0; 50.0' },
    { measure: 'set, recall@2, points: other over one', value: '-25.0 (-100.0 to 50.0); better at 1, worse at 1' },
  ])
})

test('a walk over the graph of a memory comes nearer to what a fact joins than to what shares nothing', async () => {
  const store = memoryStore()
  const reasoner = recordedReasoner('recorded', (read) => (read.text === text ? extractionOfTriples(passage) : undefined))
  const graphMem = new GraphMem({ store, reasoner, embedder: localEmbedder() })
  const memory = graphMem.memory({ userId: 'bench', memoryId: 'walk' })
  await memory.ingest({ documents: [{ title: passage.title, text }] })
  const graph = await memoryGraph(store.open(memory.scope))
  const [babbage = '', engine = '', mother = ''] = ['charles babbage', 'analytical engine', 'her mother'].map(
    (key) => graph.senses.get(key)?.[0] ?? '',
  )
  const walked = graph.walk(new Map([[babbage, 1]]))
  expect(graph.stating).toBe(1)
  expect(walked.get(engine)).toBeGreaterThan(walked.get(mother) ?? 1)
  expect([...walked.values()].reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
})

test.skipIf(!hasDataset('musique-dev') || !hasRecordings('musique-dev'))(
  'what gpt-3.5 extracted from passages of MuSiQue is taken as it is replayed',
  { timeout: 120_000 },
  async () => {
    const documents = documentsOf(await passageCorpus('musique-dev')).slice(0, 100)
    const triples = (await readPassages()).slice(0, 100).flatMap((read) => read.triples)
    const reasoner = await recordedTriples()
    const { facts } = await ingested(
      reasoner,
      documents.map((document) => document.text),
      documents.map(({ title = '' }) => title),
    )
    expect(reasoner.counts).toEqual({ recorded: 100, missing: 0 })
    // What two triples say alike is one fact.
    expect(facts).toBeGreaterThan(0.95 * triples.length)
  },
)

test.skipIf(!hasDataset('locomo') || !hasRecordings('locomo'))(
  'what gpt-3.5 drew from a conversation of LoCoMo is attached to the turns it came from',
  { timeout: 120_000 },
  async () => {
    const [conversation] = await conversationCorpora()
    if (conversation === undefined) throw new Error('The dataset has no conversation.')
    await using store = memoryStore()
    const reasoner = await recordedStatements(conversation)
    const graphMem = new GraphMem({ store, reasoner, embedder: localEmbedder() })
    const memory = graphMem.memory({ userId: 'bench', memoryId: conversation.name })
    const { episodes, failed } = await memory.ingest(conversation.input)
    expect(failed).toBe(0)
    const recorded = (await readLines<RecordedFact>('locomo', 'facts-gpt-3.5')).filter((fact) => fact.conversation === conversation.name)
    const turns = new Set(recorded.flatMap((fact) => fact.turns)).size
    expect(reasoner.counts).toEqual({ recorded: turns, missing: conversation.texts.length - turns })
    const facts = await memory.facts({ about: 'Caroline', predicate: 'attended', history: true })
    const supportGroup = facts.find(({ object }) => 'value' in object && object.value.startsWith('an LGBTQ support group'))
    const turn = episodes.find(({ id }) => id === supportGroup?.support[0]?.episodeId)
    expect(turn?.key).toBe('D1:3')
  },
)

/** What a memory of these documents holds, when all of them could be read. */
async function ingested(reasoner: Reasoner, texts: readonly string[], titles: readonly string[] = []) {
  await using store = memoryStore()
  const graphMem = new GraphMem({ store, reasoner, embedder: localEmbedder() })
  const documents = texts.map((each, place) => ({ text: each, title: titles[place] ?? passage.title }))
  const { entities, facts, failed } = await graphMem.memory({ userId: 'bench', memoryId: 'recorded' }).ingest({ documents })
  expect(failed).toBe(0)
  return { names: entities, facts }
}
