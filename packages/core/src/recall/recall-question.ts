import { nameKey } from '../analysis/name-key.ts'
import type { AboutChunk } from '../index-segments/name-trie.ts'
import { token } from '../index-segments/segment-content.ts'
import type { Analyzer, Word } from '../spec/index.ts'
import { findNames } from '../view/find-names.ts'
import type { MemoryView } from '../view/memory-view.ts'
import { namedEntities } from '../view/named-entities.ts'
import type { EntityView } from '../view/views.ts'

/** A question as recall reads it. */
export interface RecallQuestion {
  readonly text: string
  /** Its content words, once each, in the order in which they come; names of speakers left out, since every turn of theirs would have them. */
  readonly terms: readonly QuestionTerm[]
  /** The names in it, but for those of speakers. */
  readonly names: readonly QuestionName[]
  /** The entities it names; the user first, if it says "I" or the user's name. */
  readonly entities: readonly EntityView[]
  /** What is embedded: the question without names of speakers. */
  readonly textToEmbed: string
  /** The keys of the speakers it names. */
  readonly speakers: ReadonlySet<string>
  /** All its words, folded. */
  readonly words: readonly string[]
}

interface QuestionTerm {
  readonly word: string
  readonly stemmed: string
  /** The number of its stem in the index; `undefined` if no passage has it. */
  readonly stem: number | undefined
  /** Its place among the question's words. */
  readonly at: number
}

/** A name in a question: a run of its words. */
export interface QuestionName {
  readonly text: string
  readonly from: number
  /** The place after its last word. */
  readonly to: number
  /** The numbers of its words in the index, and the stems of those with content; −1 for what no passage has. */
  readonly words: readonly number[]
  readonly stems: readonly number[]
  /** The believed passages that are about it. */
  readonly about: readonly AboutChunk[]
}

const firstPerson = new Set(['i', 'me', 'my', 'mine', 'myself', 'our', 'we', 'us', 'ours'])

/** Reads a question: its terms, and the names in it that the memory knows. Costs the question's length, times the longest name's. */
export function readRecallQuestion(text: string, view: MemoryView, analyzer: Analyzer): RecallQuestion {
  const words = analyzer.words(text)
  const entities = namedEntities(words, view, analyzer)
  const self = words.some(({ word }) => firstPerson.has(word)) ? view.entities.self() : undefined
  const named = withOwned([...(self === undefined ? [] : [self]), ...entities], words, view)
  const speakerNames = named
    .flatMap(({ name, aliases }) => [name, ...aliases])
    .map(nameKey)
    .filter((key) => view.entities.speaks(key))
  const speakers = new Set(speakerNames.flatMap((key) => key.split(' ')))
  const content = words.flatMap(({ word }, at) => (analyzer.isStopWord(word) || speakers.has(word) ? [] : [{ word, at }]))
  const terms = new Map<string, QuestionTerm>()
  for (const { word, at } of content) {
    const stemmed = analyzer.stem(word)
    if (!terms.has(stemmed)) terms.set(stemmed, { word, stemmed, stem: believedStem(word, view), at })
  }
  return {
    text,
    terms: [...terms.values()],
    names: namesIn(words, view, analyzer).filter(({ from, to }) => !words.slice(from, to).every(({ word }) => speakers.has(word))),
    entities: named,
    textToEmbed: speakers.size === 0 ? text : content.map(({ word }) => word).join(' '),
    speakers: new Set(speakerNames),
    words: words.map(({ word }) => word),
  }
}

/** A number that no word of an index has. */
const unknownWord = 2 ** 26 - 1

/** The names in the question as they are found in passages, and in any case those of three content words and more. */
function namesIn(words: readonly Word[], view: MemoryView, analyzer: Analyzer): readonly QuestionName[] {
  const { passages, index } = view
  const numbers = words.map(({ word }) => index.words.find(word) ?? unknownWord)
  const tokens = Uint32Array.from(words, (word, place) => token(numbers[place] ?? unknownWord, word))
  const stems = Int32Array.from(words, ({ word }) => (analyzer.isStopWord(word) ? -1 : (believedStem(word, view) ?? -2)))
  return findNames(tokens, stems, 0, words.length, passages, { anyCase: true }).flatMap(({ from, to, node, isPart }): QuestionName[] => {
    const content = Array.from(stems.subarray(from, to)).filter((stem) => stem !== -1)
    if (isPart || (content.length === 0 && node === 0)) return []
    const text = words.slice(from, to).map(({ word }) => word)
    return [
      { text: text.join(' '), from, to, words: numbers.slice(from, to), stems: content, about: node === 0 ? [] : passages.about(node) },
    ]
  })
}

/** The number of a word's stem, if a believed passage has it: words that came later are as unknown as words that never came. */
function believedStem(word: string, { index, passages }: MemoryView): number | undefined {
  const stem = index.stemNumber(word)
  return stem !== undefined && passages.frequency(stem) > 0 ? stem : undefined
}

/**
 * Those named by themselves, and whom the question calls by what they are to these: "my sister", and not everybody's. Where it says of nobody whose,
 * any sister.
 */
function withOwned(entities: readonly EntityView[], words: readonly Word[], view: MemoryView): readonly EntityView[] {
  const named = new Map(entities.flatMap((entity) => (entity.of === undefined ? [[entity.id, entity]] : [])))
  const ownersOnly = named.size
  for (const owner of named.values()) for (const owned of ownedBy(owner, words, view)) named.set(owned.id, owned)
  return named.size > ownersOnly ? [...named.values()] : [...new Map(entities.map((entity) => [entity.id, entity])).values()]
}

function ownedBy(owner: EntityView, words: readonly Word[], view: MemoryView): readonly EntityView[] {
  const ownerIds = new Set(view.entities.senses(owner.id).map(({ id }) => id))
  return words.flatMap(({ word }) =>
    view.index.sensesOfKey
      .get(word)
      .filter(({ discriminator }) => ownerIds.has(discriminator))
      .flatMap(({ id }) => view.entities.of(id) ?? []),
  )
}
