import type { DocumentInput } from '@graphmem/core'
import type { BenchRow } from '../bench-row.ts'
import { type CorpusPassage, hasDataset, readLines } from '../datasets.ts'
import { atLeast, ungated } from '../gate.ts'
import { inventedSentences } from '../invented-text.ts'
import { type Laboratory, openGraphMem, openMemory, openStore } from './laboratory.ts'
import { timed } from './timed.ts'

const sentenceCutter = new Intl.Segmenter('en', { granularity: 'sentence' })

/** Sentences a second of one ingest of many documents into an empty memory. */
export async function ingestRate(lab: Laboratory): Promise<readonly BenchRow[]> {
  const isReal = hasDataset('musique-dev')
  const documents = isReal ? await passages() : invented()
  const sentences = documents.reduce((sum, { text }) => sum + [...sentenceCutter.segment(text)].length, 0)
  const rows: BenchRow[] = [{ measure: `ingest: sentences of ${isReal ? 'musique-dev' : 'invented text'}`, value: sentences }]
  for (const [placement, goal] of [
    ['in memory', 1000],
    ['one libSQL file', 500],
  ] as const) {
    lab.note(`ingest of ${sentences} sentences, ${placement}`)
    await using store = openStore(placement, lab, 'rate')
    const durationMs = await timed(() => openMemory(openGraphMem(store, lab)).ingest({ documents }))
    rows.push(ungated(atLeast(`ingest, sentences a second, ${placement}`, Math.round((sentences / durationMs) * 1000), goal)))
  }
  return rows
}

async function passages(): Promise<readonly DocumentInput[]> {
  return (await readLines<CorpusPassage>('musique-dev', 'corpus')).map(({ id, title, text }) => ({ id, title, text }))
}

function invented(): readonly DocumentInput[] {
  const source = inventedSentences(2)
  return Array.from({ length: 1500 }, (_, place) => ({
    id: `${place}`,
    text: Array.from({ length: 5 }, () => source.next().value.text).join(' '),
  }))
}
