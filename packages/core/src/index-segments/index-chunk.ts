import { type Analyzer, type Chunk, type Episode, entityTypes, type Mention, type Word } from '../spec/index.ts'
import { aboutNames, definedNames } from './about-names.ts'
import type { Quantised } from './quantised.ts'
import { type AboutName, type IndexedChunk, type IndexedMention, type IndexedSentence, token } from './segment-content.ts'
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
  const words: (readonly Word[])[] = []
  for (const { start, end } of chunk.sentences) {
    const ofSentence = analyzer.words(chunk.text.slice(start, end))
    for (const word of ofSentence) tokens.push(token(strings.place(word.word), word))
    sentences.push({ start, end, tokenEnd: tokens.length, asks: /[?？]["'”’)\]]*$/u.test(chunk.text.slice(start, end)) })
    words.push(ofSentence)
  }
  return {
    id: chunk.id,
    episodeId: chunk.episodeId,
    index: chunk.index,
    recordedAt: chunk.recordedAt,
    tokens: Uint32Array.from(tokens),
    titleTokens: titleWords.length,
    sentences,
    mentions: chunk.mentions.flatMap((mention) => placeMention(mention, chunk, words, strings)),
    about: aboutOf(chunk, episode, analyzer, strings),
    vector: vector.vector,
    scale: vector.scale,
  }
}

/** A mention that touches no word of the sentence in which it starts is none. */
function placeMention(
  mention: Mention,
  chunk: Chunk,
  words: readonly (readonly Word[])[],
  strings: StringTable,
): readonly IndexedMention[] {
  const sentence = chunk.sentences.findIndex(({ start, end }) => mention.span.start >= start && mention.span.start < end)
  const from = chunk.sentences[sentence]?.start ?? 0
  const firstWord = words[sentence]?.findIndex(({ end }) => from + end > mention.span.start) ?? -1
  const lastWord = words[sentence]?.findLastIndex(({ start }) => from + start < mention.span.end) ?? -1
  if (firstWord < 0 || lastWord < firstWord) return []
  return [
    {
      senseId: mention.senseId,
      type: entityTypes.indexOf(mention.type),
      surface: strings.place(chunk.text.slice(mention.span.start, mention.span.end)),
    },
  ]
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
