import type { NameSpan } from './find-names.ts'
import type { TimeExpression } from './find-times.ts'
import { personRelations } from './lexicon/people.ts'
import { nationalities } from './lexicon/places.ts'
import type { Token } from './read-text.ts'
import { readVerbGroup, type VerbGroup } from './verb-group.ts'

/** A noun phrase. Token numbers are within the sentence. */
export interface NounPhrase {
  readonly kind: 'noun'
  readonly from: number
  readonly to: number
  /** "my", "Alice" in "Alice's dog". */
  readonly owner?: NounPhrase
  readonly determiner?: string
  /** The name that the phrase is, or ends in: "Priya" in "my sister Priya". */
  readonly name?: NameSpan
  /** The common noun that says what it is, in lower case: "sister"; absent for a bare name or a pronoun. */
  readonly noun?: string
  /** A personal pronoun, in lower case. */
  readonly pronoun?: string
  /** What stands before the noun, without determiner and owner: "little" in "my little brother". */
  readonly modifiers: readonly Token[]
  /** Names inside, other than `name`. */
  readonly inner: readonly NameSpan[]
  /** As it is written, without determiner and owner. */
  readonly text: string
}

export type Phrase =
  | NounPhrase
  | VerbGroup
  | { readonly kind: 'time'; readonly from: number; readonly to: number; readonly expression: TimeExpression }
  | {
      readonly kind: 'preposition' | 'and' | 'comma' | 'relative' | 'subordinator' | 'break' | 'adverb' | 'adjective' | 'other'
      readonly from: number
      readonly to: number
      readonly word: string
    }

const personal = new Set(
  'i me myself you he him himself she her herself it itself we us ourselves they them themselves someone somebody everyone everybody'.split(
    ' ',
  ),
)
const possessives = new Set('my your his her its our their'.split(' '))
const relatives = new Set('who which that whose whom where'.split(' '))
const subordinators = new Set(
  'when while because if although though unless whether once whereas so as since until before after than'.split(' '),
)

/** Cuts a sentence into phrases, given the names and dates that were found in it. */
export function readPhrases(
  tokens: readonly Token[],
  text: string,
  names: readonly NameSpan[],
  times: readonly TimeExpression[],
): Phrase[] {
  const nameAt = new Map(names.map((name) => [name.from, name]))
  const timeAt = new Map(times.map((time) => [time.from, time]))
  const phrases: Phrase[] = []
  let index = 0
  while (index < tokens.length) {
    const phrase = phraseAt(tokens, index, text, nameAt, timeAt)
    if (!(phrase.kind === 'other' && /^["“”«»`‘’']+$/.test(phrase.word))) phrases.push(phrase)
    index = Math.max(phrase.to, index + 1)
  }
  return phrases
}

function phraseAt(
  tokens: readonly Token[],
  index: number,
  text: string,
  nameAt: ReadonlyMap<number, NameSpan>,
  timeAt: ReadonlyMap<number, TimeExpression>,
): Phrase {
  const token = tokens[index] as Token
  const time = timeAt.get(index)
  if (time) return { kind: 'time', from: time.from, to: time.to, expression: time }
  // "Many awards, including an Oscar": the list goes on.
  if (token.lower === 'including') return { kind: 'and', from: index, to: index + 1, word: token.lower }
  if (token.lower === 'such' && tokens[index + 1]?.lower === 'as') return { kind: 'and', from: index, to: index + 2, word: 'such as' }
  const noun = nounPhraseAt(tokens, index, text, nameAt, timeAt)
  if (noun) return noun
  const verb = readVerbGroup(tokens, index, (at) => nameAt.has(at) || timeAt.has(at))
  if (verb) return verb
  return { kind: markKind(token, tokens[index + 1]), from: index, to: index + 1, word: token.lower }
}

function markKind(
  token: Token,
  next: Token | undefined,
): 'preposition' | 'and' | 'comma' | 'relative' | 'subordinator' | 'break' | 'adverb' | 'adjective' | 'other' {
  const { lower, tag } = token
  if (lower === ',') return 'comma'
  if (lower === 'and' || lower === 'or' || lower === '&' || lower === 'plus') return 'and'
  if (lower === 'but') return 'break'
  if (relatives.has(lower)) return 'relative'
  if (tag === 'PUNCT') return /^["'“”‘’*`«»]+$/.test(token.text) ? 'other' : 'break'
  if (tag === 'SCONJ' && subordinators.has(lower))
    return lower === 'as' && (next?.tag === 'DET' || next?.tag === 'ADJ' || next?.tag === 'NOUN') ? 'preposition' : 'subordinator'
  if (/^(?:if|because|when|while|although|though|unless|whether|whereas|so)$/.test(lower)) return 'subordinator'
  if (tag === 'ADP' || lower === 'to' || lower === 'near' || lower === 'outside' || lower === 'inside') return 'preposition'
  if (tag === 'ADJ') return 'adjective'
  return tag === 'ADV' ? 'adverb' : 'other'
}

function nounPhraseAt(
  tokens: readonly Token[],
  start: number,
  text: string,
  nameAt: ReadonlyMap<number, NameSpan>,
  timeAt: ReadonlyMap<number, TimeExpression>,
): NounPhrase | undefined {
  const first = tokens[start] as Token
  if (
    first.tag === 'PRON' &&
    personal.has(first.lower) &&
    !(first.lower === 'her' && continuesNoun(tokens[start + 1], nameAt.has(start + 1)))
  ) {
    return { kind: 'noun', from: start, to: start + 1, pronoun: first.lower, modifiers: [], inner: [], text: first.text }
  }
  let index = start
  let owner: NounPhrase | undefined
  let determiner: string | undefined
  if (possessives.has(first.lower)) {
    owner = { kind: 'noun', from: start, to: start + 1, pronoun: first.lower, modifiers: [], inner: [], text: first.text }
    index++
  } else if ((first.tag === 'DET' || first.lower === 'no') && !nameAt.has(start)) {
    determiner = first.lower
    index++
  }
  const body = nounBody(tokens, index, text, nameAt, timeAt)
  if (!body) return undefined
  const phrase: NounPhrase = {
    kind: 'noun',
    from: start,
    ...body,
    ...(owner && { owner }),
    ...(determiner !== undefined && { determiner }),
  }
  return called(tokens, owned(tokens, phrase, text, nameAt, timeAt), nameAt)
}

/** "A ferret called Angus" is one phrase with its name. */
function called(tokens: readonly Token[], phrase: NounPhrase, nameAt: ReadonlyMap<number, NameSpan>): NounPhrase {
  const name = nameAt.get(phrase.to + 1)
  const isCalled = /^(?:called|named)$/.test(tokens[phrase.to]?.lower ?? '')
  return isCalled && name && phrase.name === undefined && phrase.noun !== undefined ? { ...phrase, name, to: name.to } : phrase
}

/** "Alice's dog": what follows the clitic belongs to what stands before it. */
function owned(
  tokens: readonly Token[],
  owner: NounPhrase,
  text: string,
  nameAt: ReadonlyMap<number, NameSpan>,
  timeAt: ReadonlyMap<number, TimeExpression>,
): NounPhrase {
  const clitic = tokens[owner.to]
  if (clitic?.tag !== 'PART' || !/^['’]s?$/.test(clitic.lower)) return owner
  const body = nounBody(tokens, owner.to + 1, text, nameAt, timeAt)
  return body ? owned(tokens, { kind: 'noun', from: owner.from, owner, ...body }, text, nameAt, timeAt) : owner
}

type NounBody = Pick<NounPhrase, 'to' | 'name' | 'noun' | 'modifiers' | 'inner' | 'text'>

function nounBody(
  tokens: readonly Token[],
  start: number,
  text: string,
  nameAt: ReadonlyMap<number, NameSpan>,
  timeAt: ReadonlyMap<number, TimeExpression>,
): NounBody | undefined {
  const names: NameSpan[] = []
  let index = start
  let noun: string | undefined
  let nounIndex = -1
  let end = start
  while (index < tokens.length && !timeAt.has(index)) {
    const name = nameAt.get(index)
    if (name) {
      names.push(name)
      index = name.to
      end = index
      continue
    }
    const token = tokens[index] as Token
    if (!inNoun(tokens, index, end > start)) break
    if (token.tag === 'NOUN' || token.tag === 'PROPN' || token.tag === 'X' || token.lower === 'one' || token.lower === 'ones') {
      noun = token.lower
      nounIndex = index
      end = index + 1
    } else if (token.tag === 'NUM') end = index + 1
    index++
  }
  if (end === start) return undefined
  const last = names.at(-1)
  const name = last && last.to === end && nounIndex < last.from ? last : undefined
  const kind = name && nounIndex < 0 ? undefined : compound(tokens, noun, nounIndex)
  return {
    to: end,
    ...(name && { name }),
    ...(kind !== undefined && { noun: kind }),
    modifiers: tokens.slice(start, Math.max(start, nounIndex)).filter((token) => /\p{L}|\d/u.test(token.text)),
    inner: names.filter((each) => each !== name),
    text: text.slice(tokens[start]?.start ?? 0, tokens[end - 1]?.end ?? 0).replace(/\s+/g, ' '),
  }
}

/** "Best friend" is one noun. */
function compound(tokens: readonly Token[], noun: string | undefined, index: number): string | undefined {
  if (noun === undefined) return undefined
  const before = tokens[index - 1]?.lower ?? ''
  if (before === 'best' && noun === 'friend') return 'best friend'
  return personRelations.has(`${before} ${noun}`) ? `${before} ${noun}` : noun
}

function inNoun(tokens: readonly Token[], index: number, begun: boolean): boolean {
  const token = tokens[index] as Token
  const next = tokens[index + 1]
  if (token.tag === 'NOUN' || token.tag === 'PROPN' || token.tag === 'NUM' || token.tag === 'X') return true
  if (token.tag === 'ADJ')
    return (
      next !== undefined && (continuesNoun(next, false) || next.text === '-' || (next.text === ',' && tokens[index + 2]?.tag === 'ADJ'))
    )
  if (token.text === ',') return tokens[index - 1]?.tag === 'ADJ' && next?.tag === 'ADJ' && continuesNoun(tokens[index + 2], false)
  if (token.text === '-' || token.text === '–') return begun && !token.spaced && next?.spaced === false
  if (token.tag === 'VERB' && /(?:ing|ed)$/.test(token.lower)) {
    const before = tokens[index - 1]
    return (
      (next?.tag === 'NOUN' || next?.tag === 'ADJ') &&
      (before?.tag === 'DET' || before?.tag === 'ADJ' || nationalities.has(before?.lower ?? ''))
    )
  }
  return false
}

function continuesNoun(token: Token | undefined, isName: boolean): boolean {
  return token !== undefined && (isName || ['NOUN', 'PROPN', 'ADJ', 'NUM', 'X'].includes(token.tag))
}
