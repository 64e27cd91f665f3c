import { cutSentences } from '../../src/analysis/cut-sentences.ts'
import { englishAnalyzer } from '../../src/analysis/english-analyzer.ts'
import { indexChunk } from '../../src/index-segments/index-chunk.ts'
import { quantised } from '../../src/index-segments/quantised.ts'
import { RecallIndex } from '../../src/index-segments/recall-index.ts'
import { encodeSegment, readSegment } from '../../src/index-segments/segment-codec.ts'
import { stemsOf } from '../../src/index-segments/stems-of.ts'
import { StringTable } from '../../src/index-segments/string-table.ts'
import { type RankedPassages, rankPassages } from '../../src/recall/rank-passages.ts'
import { readRecallQuestion } from '../../src/recall/recall-question.ts'
import { type MemoryView, memoryView } from '../../src/view/memory-view.ts'

/** A passage of a hand-made index; a speaker makes it a turn. */
export interface Tiny {
  readonly id: string
  readonly text: string
  readonly title?: string
  readonly speaker?: string
  readonly at?: number
  readonly recordedAt?: number
  readonly vector?: readonly number[]
}

/** A memory of these passages, each a segment of its own, in this order. */
export function tinyMemory(passages: readonly Tiny[], knownAt?: number): MemoryView {
  const index = new RecallIndex(englishAnalyzer)
  for (const [sequence, { id, text, title, speaker, at, recordedAt = 0, vector = [0, 0, 0, 0] }] of passages.entries()) {
    const strings = new StringTable()
    const episode = {
      id: `of ${id}`,
      kind: speaker === undefined ? ('document' as const) : ('turn' as const),
      tags: [],
      metadata: {},
      recordedAt,
      ...(title === undefined ? {} : { title }),
      ...(speaker === undefined ? {} : { speaker, session: 'one', sequence }),
      ...(at === undefined ? {} : { at }),
    }
    const span = { start: 0, end: text.length }
    const chunk = { id, episodeId: episode.id, index: 0, span, text, sentences: cutSentences(text), mentions: [], recordedAt }
    const chunks = [indexChunk(chunk, episode, quantised(Float32Array.from(vector)), englishAnalyzer, strings)]
    const stems = stemsOf(chunks, strings.strings, englishAnalyzer)
    const none = { rebuiltAt: 0, retired: [], senses: [], decisions: [], facts: [], assertions: [], corrections: [] }
    const bytes = encodeSegment({ ...none, strings: strings.strings, stems, episodes: [episode], chunks })
    index.add(readSegment(bytes), bytes.length)
  }
  index.version = passages.length
  return memoryView(index, { aliases: [] }, knownAt)
}

export function ask(view: MemoryView, question: string, vector: readonly number[] = [0, 0, 0, 0]): RankedPassages {
  return rankPassages(readRecallQuestion(question, view, englishAnalyzer), Float32Array.from(vector), view.passages)
}

/** The ids of ranked passages, best first. */
export function ids({ ranked, asked }: RankedPassages): readonly string[] {
  return ranked.map(({ number }) => asked.passages.index.chunks[number]?.id ?? '')
}

/** What a passage's signals are, by name. */
export function numberOf(view: MemoryView, id: string): number {
  return view.index.chunkNumbers.get(id) ?? -1
}
