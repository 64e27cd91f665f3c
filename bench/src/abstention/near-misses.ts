import { stemmer } from 'stemmer'
import type { DatasetQuery } from '../datasets.ts'
import { shuffled } from '../random.ts'

/** What is known of one conversation when questions are made that it cannot answer. */
export interface Conversation {
  readonly speakers: readonly string[]
  readonly queries: readonly DatasetQuery[]
  /** What a language model drew from the conversation: whose words a made question has are no near miss, for they may be true. */
  readonly facts: readonly string[]
}

export interface NearMiss {
  readonly question: string
  readonly swapped: 'name' | 'relation'
}

/** A made question may be true of whom it names if a fact about them has this share of its content words. */
const mayBeTrue = 0.66
/** A made question is one of the memory's own if it has this share of content words with one of them, of the same names. */
const isOwn = 0.8

/**
 * Questions that differ from a conversation's own by one name or one relation: the other speaker in place of the one it is about, another name
 * in place of a third person's, or what another question asks about in place of what this one asks about. All words are of the conversation.
 *
 * Left out: those that are the conversation's own or nearly so, that a fact of the named person may make true, and that have fewer than two
 * content words besides names and dates, which fit anybody.
 */
export function nearMisses(conversation: Conversation, random: () => number): readonly NearMiss[] {
  const answered = conversation.queries.filter((query) => query.type !== 'adversarial').map((query) => query.question)
  const others = thirdNames(conversation)
  const names = [...conversation.speakers, ...others]
  const made = new Map<string, NearMiss>()
  const keep = (question: string, swapped: NearMiss['swapped'], from: string): void => {
    if (made.has(question) || question === from || !isReal(question, conversation, names)) return
    made.set(question, { question, swapped })
  }
  for (const question of answered) {
    const swapped = nameSwapped(question, conversation.speakers, others, random)
    if (swapped !== undefined) keep(swapped, 'name', question)
    const other = relationSwapped(question, answered, names, random)
    if (other !== undefined) keep(other, 'relation', question)
  }
  return [...made.values()]
}

function nameSwapped(question: string, speakers: readonly string[], others: readonly string[], random: () => number): string | undefined {
  const named = speakers.filter((name) => has(question, name))
  if (named.length > 1) return undefined
  const [from] = named
  if (from !== undefined) {
    const to = speakers.find((name) => name !== from)
    return to === undefined ? undefined : replaced(question, from, to)
  }
  const third = others.find((name) => has(question, name))
  if (third === undefined) return undefined
  const to = shuffled(
    others.filter((name) => !has(question, name)),
    random,
  )[0]
  return to === undefined ? undefined : replaced(question, third, to)
}

/** "When did X go | to the museum?" with what another question says after a verb, where both go on alike: "to the pottery class". */
function relationSwapped(question: string, all: readonly string[], names: readonly string[], random: () => number): string | undefined {
  const own = parted(question, names)
  if (own === undefined) return undefined
  const fitting = all.filter((other) => other !== question).flatMap((other) => parted(other, names) ?? [])
  const known = topicStems(own.object, names)
  const donor = shuffled(fitting, random).find(
    (other) => other.opening === own.opening && topicStems(other.object, names).some((stem) => !known.includes(stem)),
  )
  return donor === undefined ? undefined : `${own.head} ${donor.object}?`
}

interface Parted {
  /** Up to and with the verb. */
  readonly head: string
  /** What follows the verb. */
  readonly object: string
  /** How the object begins: its preposition, or `np`. */
  readonly opening: string
}

function parted(question: string, names: readonly string[]): Parted | undefined {
  const pattern = new RegExp(
    `^((?:When|Where|Why|How|What|Which|Who|How long|How many|How often|(?:What|Which|How many) \\w+) (?:did|does|is|was|has|had|will|would|do) (?:${names.join('|')})(?: (?:been|going|planning|plan))? \\w+) (.+?)\\?*$`,
  )
  const match = pattern.exec(question)
  const [, head, object] = match ?? []
  if (head === undefined || object === undefined || names.some((name) => has(object, name))) return undefined
  const first = object.split(' ')[0] ?? ''
  // "What did X paint the vase" has an object too many.
  const takesObject = /^(?:When|Where|Why|How (?!many))/.test(head)
  if (/^(?:a|an|the|his|her|their|some|new|another)$/.test(first)) return takesObject ? { head, object, opening: 'np' } : undefined
  return /^(?:to|for|in|at|with|about|from|on|of)$/.test(first) ? { head, object, opening: first } : undefined
}

function isReal(question: string, conversation: Conversation, names: readonly string[]): boolean {
  const stems = topicStems(question, names)
  const named = names.filter((name) => has(question, name))
  if (stems.length < 2 || named.length === 0) return false
  const own = conversation.queries.some(
    (query) => named.every((name) => has(query.question, name)) && jaccard(stems, topicStems(query.question, names)) >= isOwn,
  )
  if (own) return false
  return !conversation.facts.some((fact) => {
    if (!named.some((name) => has(fact, name))) return false
    const said = contentStems(fact, names)
    return stems.filter((stem) => said.includes(stem)).length / stems.length >= mayBeTrue
  })
}

/** Names other than the speakers' in at least two of the questions. */
function thirdNames(conversation: Conversation): readonly string[] {
  const counts = new Map<string, number>()
  for (const { question } of conversation.queries) {
    const names = question.matchAll(/(?<=\p{Ll} |['’]s )\p{Lu}\p{Ll}{2,}\b/gu)
    for (const name of new Set(Array.from(names, ([found]) => found))) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts]
    .filter(([name, count]) => count > 1 && !conversation.speakers.includes(name) && !notPeople.test(name))
    .map(([name]) => name)
}

const notPeople =
  /^(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Christmas|Thanksgiving|Answer)$/

function has(text: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(text)
}

function replaced(text: string, from: string, to: string): string {
  return text.replaceAll(new RegExp(`\\b${from}\\b`, 'g'), to)
}

const functionWords = new Set(
  `a about after an and any are as at be been before both by can did do does during for from had has have he her hers him his how in into is it its
  kind long many might more most much of often on or other some that the their them they this to type was were what when where which who whose why
  will with would year month day time ever new recently recent currently done go goes going went gone make made get got name describe feel
  think say said like`.split(/\s+/),
)

/** Stems of the words that carry meaning, names left out. */
export function contentStems(text: string, names: readonly string[] = []): readonly string[] {
  const own = new Set(names.map((name) => name.toLowerCase()))
  const words =
    text
      .toLowerCase()
      .replace(/['’]s\b/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  return [...new Set(words.filter((word) => !functionWords.has(word) && !own.has(word)).map(stemmer))]
}

/** Without dates: another time is not another relation. */
function topicStems(text: string, names: readonly string[]): readonly string[] {
  return contentStems(text, names).filter((stem) => !/\d/.test(stem) && !dates.has(stem))
}

const dates = new Set(
  `january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
  spring summer autumn winter week weekend today yesterday tomorrow begin end last next early late`
    .split(/\s+/)
    .map(stemmer),
)

function jaccard(a: readonly string[], b: readonly string[]): number {
  const both = a.filter((stem) => b.includes(stem)).length
  return both / (a.length + b.length - both)
}
