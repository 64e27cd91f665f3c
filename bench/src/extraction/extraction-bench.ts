import { localReasoner } from '@graphmem/llm-local'
import type { BenchRow } from '../bench-row.ts'
import { hasDataset } from '../datasets.ts'
import { skipped } from '../gate.ts'
import { type ReadPassage, readPassages } from './open-ie.ts'
import { addPassage, emptyTally, type Tally } from './tally.ts'

const reasoner = localReasoner()

/** What the local reasoner reads in the MuSiQue passages, beside what gpt-3.5 read and what a regular expression finds. */
export async function extractionBench(): Promise<readonly BenchRow[]> {
  if (!hasDataset('musique-dev')) return [skipped('extraction from musique-dev', 'the dataset is not there')]
  const passages = await readPassages()
  const tallies = { tuned: emptyTally(), 'held out': emptyTally() }
  let sentences = 0
  const started = performance.now()
  let measuringMs = 0
  for (const passage of passages) {
    const extraction = await reasoner.extract(passageOf(passage))
    const read = performance.now()
    sentences += passage.text.split(/[.!?](?:\s|$)/).filter((part) => part.trim() !== '').length
    addPassage(tallies[passage.half], passage, extraction)
    measuringMs += performance.now() - read
  }
  const seconds = (performance.now() - started - measuringMs) / 1000
  return [
    ...rowsOf('tuned half', tallies.tuned),
    ...rowsOf('held-out half', tallies['held out']),
    { measure: 'sentences a second, extraction alone', value: Math.round(sentences / seconds), goal: '≥ 2500' },
  ]
}

/** A passage of the dataset as the reasoner is given it. */
export function passageOf(passage: Pick<ReadPassage, 'title' | 'text'>): Parameters<typeof reasoner.extract>[0] {
  return { text: passage.text, title: passage.title, kind: 'document', self: { aliases: [] } }
}

function rowsOf(half: string, tally: Tally): BenchRow[] {
  return [
    row(`${half}: recall of gpt-3.5's capitalised entities`, tally.oursInGold / tally.gold, 0.75),
    row(`${half}: precision against them`, tally.oursInGold / tally.ours, 0.5),
    { measure: `${half}: recall of a regular expression for capitals`, value: rounded(tally.bareInGold / tally.gold) },
    { measure: `${half}: precision of a regular expression for capitals`, value: rounded(tally.bareInGold / tally.bare) },
    row(`${half}: triples with both ends found that a fact joins`, tally.joined / tally.findable, 0.4),
    { measure: `${half}: such triples, of all`, value: `${tally.findable} of ${tally.triples}` },
    {
      measure: `${half}: facts for each triple of gpt-3.5`,
      value: rounded(tally.facts / tally.triples),
      goal: '≤ 1.5',
      holds: tally.facts <= 1.5 * tally.triples,
    },
  ]
}

function row(measure: string, value: number, goal: number): BenchRow {
  return { measure, value: rounded(value), goal: `≥ ${goal}`, holds: value >= goal }
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
