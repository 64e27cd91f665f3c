import { nameKey } from '../analysis/name-key.ts'
import type { Analyzer, Word } from '../spec/index.ts'
import type { MemoryView } from '../view/memory-view.ts'
import type { EntityView } from '../view/views.ts'

/** A question as recall reads it. */
export interface RecallQuestion {
  readonly text: string
  /** Its content words, once each, in the order in which they come; names of speakers left out, since every turn of theirs would have them. */
  readonly terms: readonly QuestionTerm[]
  /** The names in it that passages are about. */
  readonly titles: readonly QuestionTitle[]
  /** The entities it names; the user first, if it says "I" or the user's name. */
  readonly entities: readonly EntityView[]
  /** What is embedded: the question without names of speakers. */
  readonly textToEmbed: string
}

interface QuestionTerm {
  readonly word: string
  readonly stemmed: string
  /** The number of its stem in the index; `undefined` if no passage has it. */
  readonly stem: number | undefined
}

export interface QuestionTitle {
  readonly key: string
  readonly words: readonly string[]
}

const firstPerson = new Set(['i', 'me', 'my', 'mine', 'myself', 'our', 'we', 'us', 'ours'])

/** Reads a question: its terms, and the names in it that the memory knows. Costs the question's length, times the longest name's. */
export function readRecallQuestion(text: string, view: MemoryView, analyzer: Analyzer): RecallQuestion {
  const words = analyzer.words(text)
  const { titles, entities } = findNames(words, view, analyzer)
  const self = words.some(({ word }) => firstPerson.has(word)) ? view.entities.self() : undefined
  const named = withOwned([...(self === undefined ? [] : [self]), ...entities], words, view)
  const speakers = speakerWords(named, view)
  const content = words.filter(({ word }) => !analyzer.isStopWord(word) && !speakers.has(word))
  const terms = new Map<string, QuestionTerm>()
  for (const { word } of content) {
    const stemmed = analyzer.stem(word)
    terms.set(stemmed, { word, stemmed, stem: view.index.stemNumber(word) })
  }
  return {
    text,
    terms: [...terms.values()],
    titles,
    entities: named,
    textToEmbed: speakers.size === 0 ? text : content.map(({ word }) => word).join(' '),
  }
}

/** Names in the question, longest first from left to right: those that passages are about, and those of entities. */
function findNames(
  words: readonly Word[],
  view: MemoryView,
  analyzer: Analyzer,
): { readonly titles: readonly QuestionTitle[]; readonly entities: readonly EntityView[] } {
  const titles: QuestionTitle[] = []
  const entities: EntityView[] = []
  const lowerCase = words.every(({ capitalised }, index) => index === 0 || !capitalised)
  for (let from = 0; from < words.length; from += 1) {
    for (let to = Math.min(words.length, from + view.index.longestKey); to > from; to -= 1) {
      const run = words.slice(from, to)
      const key = nameKey(run.map(({ word }) => word).join(' '))
      const isTitle = view.index.about.get(key)?.some(({ chunk }) => view.belief.chunk(chunk)) === true
      if (!isTitle && !view.index.sensesOfKey.has(key)) continue
      if (!readsAsName(run, from, lowerCase && !isTitle, analyzer)) continue
      const found = view.entities.named(key)
      if (isTitle) titles.push({ key, words: run.filter(({ word }) => !analyzer.isStopWord(word)).map(({ word }) => word) })
      entities.push(...found)
      if (!isTitle && found.length === 0) continue
      from = to - 1
      break
    }
  }
  return { titles, entities }
}

/** Whether words that spell a known name are meant as one: capitalised enough, long enough, or in a question without any capitals. */
function readsAsName(run: readonly Word[], from: number, lowerCase: boolean, analyzer: Analyzer): boolean {
  const content = run.filter(({ word }) => !analyzer.isStopWord(word)).length
  const [first] = run
  if (content === 0 || first === undefined) return false
  if (run.length === 1 && (first.numeric || (from === 0 && analyzer.isStopWord(first.word)))) return false
  if (content >= 3 || lowerCase) return true
  const capitals = run.filter(({ capitalised, numeric }) => capitalised || numeric).length
  return capitals >= (run.length === 1 ? 1 : Math.ceil(content / 2)) && (first.capitalised || first.numeric || run.length > 2)
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
    (view.index.sensesOfKey.get(word) ?? [])
      .filter(({ discriminator }) => ownerIds.has(discriminator))
      .flatMap(({ id }) => view.entities.of(id) ?? []),
  )
}

/** The words in the names of those who speak in the memory. */
function speakerWords(entities: readonly EntityView[], view: MemoryView): ReadonlySet<string> {
  const names = entities.flatMap(({ name, aliases }) => [name, ...aliases]).filter((name) => view.entities.speaks(nameKey(name)))
  return new Set(names.flatMap((name) => nameKey(name).split(' ')))
}
