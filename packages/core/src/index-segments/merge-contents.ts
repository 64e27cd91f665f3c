import { type IndexedChunk, type SegmentContent, tokenFlags, tokenWord } from './segment-content.ts'
import { StringTable } from './string-table.ts'

/** One content with everything of several, in their order, and with the strings that its chunks refer to and no others. */
export function mergeContents(contents: readonly SegmentContent[]): SegmentContent {
  const table = new StringTable()
  const chunks = contents.flatMap((content) => content.chunks.map((chunk) => renumber(chunk, content.strings, table)))
  const stems = new Map<string, string>()
  for (const content of contents) {
    for (const [place, stem] of content.stems.entries()) if (stem !== undefined) stems.set(content.strings[place] ?? '', stem)
  }
  return {
    rebuiltAt: Math.max(0, ...contents.map(({ rebuiltAt }) => rebuiltAt)),
    chunks,
    strings: table.strings,
    stems: table.strings.map((word) => stems.get(word)),
    episodes: contents.flatMap(({ episodes }) => episodes),
    retired: contents.flatMap(({ retired }) => retired),
    senses: contents.flatMap(({ senses }) => senses),
    decisions: contents.flatMap(({ decisions }) => decisions),
    facts: contents.flatMap(({ facts }) => facts),
    assertions: contents.flatMap(({ assertions }) => assertions),
    corrections: contents.flatMap(({ corrections }) => corrections),
  }
}

/** A chunk whose strings are numbered by another table. */
function renumber(chunk: IndexedChunk, strings: readonly string[], table: StringTable): IndexedChunk {
  const place = (old: number) => table.place(strings[old] ?? '')
  return {
    ...chunk,
    tokens: chunk.tokens.map((value) => place(tokenWord(value)) * 8 + tokenFlags(value)),
    mentions: chunk.mentions.map((mention) => ({ ...mention, surface: place(mention.surface) })),
    about: chunk.about.map(({ key, words, kind }) => ({ key: place(key), words: words.map(place), kind })),
  }
}
