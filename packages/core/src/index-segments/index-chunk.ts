import { type Analyzer, type Chunk, type Episode, entityTypes } from '../spec/index.ts'
import { aboutNames, definedNames } from './about-names.ts'
import type { Quantised } from './quantised.ts'
import { type AboutName, type IndexedChunk, type IndexedSentence, token } from './segment-content.ts'
import type { StringTable } from './string-table.ts'

/** Makes the index entry of one chunk; its strings go into `strings`. Costs the length of the chunk. */
export function indexChunk(
  chunk: Chunk,
  episode: Pick<Episode, 'title' | 'kind'>,
  vector: Quantised,
  analyzer: Analyzer,
  strings: StringTable,
): IndexedChunk {
  const titleWords = episode.title === undefined ? [] : analyzer.words(episode.title)
  const tokens = titleWords.map((word) => token(strings.place(word.word), word))
  const sentences: IndexedSentence[] = []
  for (const { start, end } of chunk.sentences) {
    for (const word of analyzer.words(chunk.text.slice(start, end))) tokens.push(token(strings.place(word.word), word))
    sentences.push({ start, end, tokenEnd: tokens.length, asks: /[?？]["'”’)\]]*$/u.test(chunk.text.slice(start, end)) })
  }
  return {
    id: chunk.id,
    episodeId: chunk.episodeId,
    index: chunk.index,
    recordedAt: chunk.recordedAt,
    tokens: Uint32Array.from(tokens),
    titleTokens: titleWords.length,
    sentences,
    // All of them, those without a word too: what nothing in the index mentions is forgotten.
    mentions: chunk.mentions.map(({ senseId, type, span }) => ({
      senseId,
      type: entityTypes.indexOf(type),
      surface: strings.place(chunk.text.slice(span.start, span.end)),
    })),
    about: aboutOf(chunk, episode, analyzer, strings),
    vector: vector.vector,
    scale: vector.scale,
  }
}

/** Nobody's turn is about a name: it speaks of names. */
function aboutOf(
  chunk: Chunk,
  { title, kind }: Pick<Episode, 'title' | 'kind'>,
  analyzer: Analyzer,
  strings: StringTable,
): readonly AboutName[] {
  if (kind === 'turn') return []
  const [first] = chunk.index === 0 ? chunk.sentences : []
  const sentence = first === undefined ? '' : chunk.text.slice(first.start, first.end)
  const names = title === undefined ? definedNames(sentence) : aboutNames(title, sentence)
  return Array.from(names, ([key, about]) => ({
    key: strings.place(key),
    words: analyzer.words(key).map(({ word }) => strings.place(word)),
    kind: about,
  }))
}
