import type { EntityType } from '@graphmem/core/spec'
import type { TimeExpression } from './find-times.ts'
import { months, weekdays } from './lexicon/calendar.ts'
import { givenNames, plainTitles, titles } from './lexicon/people.ts'
import { nationalities, placeHeads, places } from './lexicon/places.ts'
import { eventHeads, notNames, organisationHeads, workHeads } from './lexicon/things.ts'
import { wordSet } from './lexicon/words.ts'
import type { Token } from './read-text.ts'

/** A name in a sentence: its tokens, as they are written, and what its form says of its type. */
export interface NameSpan {
  /** The first token, and the first one after. */
  readonly from: number
  readonly to: number
  readonly text: string
  readonly type?: EntityType
  readonly quoted: boolean
}

const linking = wordSet('de la le les du des von van der den ter ten di da do dos das del della delle el al bin ibn ben y e zu zur af av')
const abbreviations = wordSet(
  'obe mbe cbe kbe gbe qc kc frs jr jr. sr sr. esq dso rn usn usaf tv dvd cd ceo cto cfo phd bsc msc ba ma mba btech mtech md gpa iq id pc ok lol omg am pm ad bc bce ce diy faq pdf url api ai it hr pr vip rip fyi dna rna hiv aids tba tbd q&a uni mom mum dad',
)
const roles = wordSet(
  'president king queen prince princess duke earl count emperor empress governor mayor minister chancellor ceo chairman director head captain bishop archbishop pope lord secretary general professor members citizens people men women kings queens',
)
const openEnded = wordSet(
  'college faculty department ministry faculty school institute academy museum bureau secretary office board college society council',
)

/** The names in a sentence, in order. `known` holds words (lower case) that stand capitalised inside sentences of the same passage. */
export function findNames(
  tokens: readonly Token[],
  text: string,
  times: readonly TimeExpression[],
  known: ReadonlySet<string>,
  title = '',
): NameSpan[] {
  if (isShouted(tokens)) return []
  const timed = new Set(times.flatMap((time) => Array.from({ length: time.to - time.from }, (_, offset) => time.from + offset)))
  const names: NameSpan[] = []
  for (let index = 0; index < tokens.length; index++) {
    const found = timed.has(index)
      ? undefined
      : (titleAt(tokens, index, text, title) ?? quotedName(tokens, index, text) ?? nameAt(tokens, index, text, timed, known))
    if (!found) continue
    names.push(found)
    index = found.to - 1
  }
  return names
}

/** The words that a sentence capitalises elsewhere than at its beginning. */
export function capitalisedInside(tokens: readonly Token[]): string[] {
  return tokens.filter((token, index) => !startsSentence(tokens, index) && capital.test(token.text)).map((token) => token.lower)
}

const capital = /^(?:\p{Lu}|\p{Lt}|[a-z]{1,2}\p{Lu}\p{L})/u
const caseless = /^\p{Lo}/u

function isNamePart(tokens: readonly Token[], index: number, known: ReadonlySet<string>): boolean {
  const token = tokens[index]
  if (!token || token.tag === 'AUX') return false
  if (caseless.test(token.text)) return true
  if (!capital.test(token.text) || token.lower === 'i') return false
  if (tokens[index - 1]?.text === '(' && /^\p{Lu}{2,}$/u.test(token.text)) return true
  if (!startsSentence(tokens, index)) return token.tag !== 'INTJ' || !notNames.has(token.lower)
  if (notNames.has(token.lower)) return false
  if (known.has(token.lower) || givenNames.has(token.lower) || places.has(token.lower) || titles.has(bare(token.lower))) return true
  const next = tokens[index + 1]
  const nextIsCapital = next !== undefined && capital.test(next.text) && next.lower !== 'i'
  if (token.common && !nextIsCapital) return false
  if (token.tag === 'PROPN') return !/ing$/.test(token.lower) || nextIsCapital
  return (token.tag === 'NOUN' || token.tag === 'ADJ' || token.tag === 'X') && nextIsCapital
}

function startsSentence(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]
  return before === undefined || /^["“”'‘(:…\-–—•*!?.]+$/.test(before.text) || before.tag === 'SYM'
}

function nameAt(
  tokens: readonly Token[],
  index: number,
  text: string,
  timed: ReadonlySet<number>,
  known: ReadonlySet<string>,
): NameSpan | undefined {
  let from = index
  const article = tokens[index]?.text === 'The' && !startsSentence(tokens, index)
  if (article ? !isNamePart(tokens, index + 1, known) : !isNamePart(tokens, index, known)) return undefined
  let to = index + (article ? 2 : 1)
  const isPart = (at: number): boolean => !timed.has(at) && isNamePart(tokens, at, known) && tokens[at]?.text !== 'The'
  for (;;) {
    const next = extended(tokens, from, to, isPart)
    if (next === to) break
    to = next
  }
  while (to - from > 2 && plainTitles.has(bare(tokens[from]?.lower ?? '')) && tokens[from + 1]?.text !== '&') from++
  const before = tokens[from - 1]
  if (
    before &&
    /^(?:1[89]|20)\d\d$/.test(before.text) &&
    !timed.has(from - 1) &&
    tokens.slice(from, to).some((token) => eventHeads.has(token.lower) || token.tag === 'NOUN')
  )
    from--
  const words = tokens.slice(from, to).map((token) => token.lower)
  if (isNoName(words, tokens[from]?.text ?? '', startsSentence(tokens, from), tokens[from - 1]?.text === '(')) return undefined
  const type = typeOfName(words)
  return { from, to, text: written(tokens, from, to, text), ...(type && { type }), quoted: false }
}

/** Where the name goes on from `to`, or `to` itself. */
function extended(tokens: readonly Token[], from: number, to: number, isPart: (at: number) => boolean): number {
  const next = tokens[to]
  const last = tokens[to - 1]
  if (!next || !last) return to
  if (isPart(to) && next.lower !== 'i') return nationalityBefore(last, next) ? to : to + 1
  if (next.text === '-' || next.text === '–' || next.text === '/')
    return !next.spaced &&
      tokens[to + 1]?.spaced === false &&
      (/^\p{Lu}/u.test(tokens[to + 1]?.text ?? '') || (tokens[to + 1]?.common === false && next.text === '-'))
      ? to + 2
      : to
  if (next.lower === '&' && isPart(to + 1)) return to + 2
  if (linking.has(next.lower) && next.text === next.lower) {
    const skip = linking.has(tokens[to + 1]?.lower ?? '') || tokens[to + 1]?.lower === 'the' ? 2 : 1
    return isPart(to + skip) ? to + skip + 1 : to
  }
  if (next.lower === 'of') return afterOf(tokens, from, to, isPart)
  if (next.lower === 'for' && organisationHeads.has(last.lower) && isPart(to + 1)) return to + 2
  if (next.lower === 'and') return afterAnd(tokens, from, to, isPart)
  if (next.lower === "'s" || next.text === "'") return next.tag === 'PART' && ownsHead(tokens, from, to, isPart) ? to + 2 : to
  if (next.tag === 'NUM' && /^\d{1,3}(?:\.\d+)?$/.test(next.text) && next.spaced) {
    const after = tokens[to + 1]
    return after === undefined || ['PUNCT', 'ADP', 'CCONJ', 'AUX', 'VERB'].includes(after.tag)
      ? places.has(last.lower) || givenNames.has(last.lower)
        ? to
        : to + 1
      : to
  }
  return to
}

function afterOf(tokens: readonly Token[], from: number, to: number, isPart: (at: number) => boolean): number {
  const last = tokens[to - 1]?.lower ?? ''
  if (roles.has(last) || nationalities.has(last) || places.has(last)) return to
  if (to - from > 1 && givenNames.has(tokens[from]?.lower ?? '') && !/^(?:[ivx]+)$/.test(last)) return to
  const skip = tokens[to + 1]?.lower === 'the' || tokens[to + 1]?.lower === 'our' ? 2 : 1
  return isPart(to + skip) ? to + skip + 1 : to
}

/** "Liverpool and Manchester Railway", "Department of Health and Human Services" are one; "Tom and Jerry" are two. */
function afterAnd(tokens: readonly Token[], from: number, to: number, isPart: (at: number) => boolean): number {
  if (!isPart(to + 1)) return to
  let end = to + 2
  while (isPart(end)) end++
  const words = tokens.slice(from, to).map((token) => token.lower)
  if (openEnded.has(words[words.indexOf('of') - 1] ?? '') && !isHead(words.at(-1) ?? '')) return end
  const last = tokens[end - 1]?.lower ?? ''
  const single = to - from === 1 && end - to - 1 >= 2
  return single && isHead(last) && !isHead(words[0] ?? '') && !givenNames.has(words[0] ?? '') && !nationalities.has(words[0] ?? '')
    ? end
    : to
}

function ownsHead(tokens: readonly Token[], from: number, to: number, isPart: (at: number) => boolean): boolean {
  if (!isPart(to + 1)) return false
  const last = tokens[to - 1]?.lower ?? ''
  if (/^st\.?$|^saint$|^mrs\.?$/.test(tokens[from]?.lower ?? '')) return true
  if (places.has(last)) return false
  let end = to + 2
  while (isPart(end)) end++
  return isHead(tokens[end - 1]?.lower ?? '') && !givenNames.has(tokens[from]?.lower ?? '')
}

function isHead(word: string): boolean {
  return organisationHeads.has(word) || placeHeads.has(word) || eventHeads.has(word) || workHeads.has(word)
}

/** "American Peter Smith", "German Shepherd": an adjective of nation stands apart from a person's name, and belongs to other names. */
function nationalityBefore(last: Token, next: Token): boolean {
  return nationalities.has(last.lower) && (givenNames.has(next.lower) || titles.has(bare(next.lower)))
}

function isNoName(words: readonly string[], firstText: string, isInitial: boolean, inBrackets: boolean): boolean {
  if (words.length > 1) return words.every((word) => notNames.has(word) || months.has(word) || weekdays.has(word))
  const word = words[0] ?? ''
  const initials = /^\p{Lu}{3,}$/u.test(firstText) && (!isInitial || inBrackets)
  if ((notNames.has(word) && !initials) || weekdays.has(word) || abbreviations.has(word)) return true
  if (months.has(word) && !givenNames.has(word)) return true
  if (plainTitles.has(bare(word))) return true
  if (!caseless.test(firstText) && /(?:ary|ation|ness|ment|ously)$/.test(word) && !givenNames.has(word) && isInitial) return true
  return !caseless.test(firstText) && word.replace(/[^\p{L}\p{N}]/gu, '').length < 2
}

/** What the form of a name says of its type. Words in lower case. */
export function typeOfName(words: readonly string[]): EntityType | undefined {
  const first = words[0] ?? ''
  const last = words.findLast((word) => !/^(?:[ivx]+|\d+)$/.test(word)) ?? ''
  const whole = words.join(' ')
  if (places.has(whole)) return 'place'
  if (words.length === 1 && nationalities.has(first)) return 'group'
  if (words.length === 1 && /^(?:navy|army|parliament|congress|senate|police|marines|nato|fbi|cia|nasa|bbc|nhs)$/.test(first))
    return 'organisation'
  if (words.length > 1 && titles.has(bare(first)) && !isHead(last)) return /^st\.?$/.test(first) ? undefined : 'person'
  if (words.length > 1 && isHead(last)) return headType(last)
  const of = words.indexOf('of')
  if (of > 0 && isHead(words[of - 1] ?? '')) return headType(words[of - 1] ?? '')
  if (words.length > 1 && /^(?:lake|mount|mt\.?|river|cape|fort|port|isle|gulf|bay)$/.test(first)) return 'place'
  if (
    words.length > 1 &&
    /^(?:university|universidade|université|universität|college|bank|church|hospital|hotel|museum|institute|academy|ministry|department)$/.test(
      first,
    )
  )
    return 'organisation'
  if (eventHeads.has(whole)) return 'event'
  if (words.length <= 4 && givenNames.has(first)) return 'person'
  if (words.length >= 2 && words.length <= 4 && words.slice(0, -1).some((word) => /^\p{L}\.$/u.test(word))) return 'person'
  return undefined
}

function headType(word: string): EntityType {
  if (eventHeads.has(word)) return 'event'
  if (placeHeads.has(word)) return 'place'
  return organisationHeads.has(word) ? 'organisation' : 'work'
}

/** The passage's own title, wherever its text has it. */
function titleAt(tokens: readonly Token[], index: number, text: string, title: string): NameSpan | undefined {
  const start = tokens[index]?.start ?? 0
  if (title.length < 3 || !text.startsWith(title, start)) return undefined
  const last = tokens.findIndex((token, at) => at >= index && token.end === start + title.length)
  if (last < index || isPartOfMore(tokens, last)) return undefined
  const type = typeOfName(title.toLowerCase().split(/\s+/))
  return { from: index, to: last + 1, text: title, ...(type && { type }), quoted: false }
}

function isPartOfMore(tokens: readonly Token[], last: number): boolean {
  const next = tokens[last + 1]
  return next !== undefined && capital.test(next.text) && next.lower !== 'i' && tokens[last]?.tag === 'PROPN'
}

/** A title between quotation marks: most of its words are capitalised, and it is no sentence. */
function quotedName(tokens: readonly Token[], index: number, text: string): NameSpan | undefined {
  const open = tokens[index]?.text ?? ''
  if (!/^["“‘«]$/.test(open)) return undefined
  const limit = Math.min(tokens.length, index + 12)
  let close = index + 1
  while (close < limit && !/^["”’»]$/.test(tokens[close]?.text ?? '')) close++
  if (close >= limit || close === index + 1) return undefined
  const inner = tokens.slice(index + 1, close)
  const words = inner.filter((token) => /\p{L}/u.test(token.text))
  const capitals = words.filter((token) => capital.test(token.text) || caseless.test(token.text))
  if (!capital.test(words[0]?.text ?? '') || capitals.length * 2 < words.length) return undefined
  const end = /^[,.]$/.test(inner.at(-1)?.text ?? '') ? close - 1 : close
  if (/^[.!?]$/.test(tokens[end - 1]?.text ?? '') && words.length > 3) return undefined
  return { from: index + 1, to: end, text: written(tokens, index + 1, end, text), type: 'work', quoted: true }
}

function written(tokens: readonly Token[], from: number, to: number, text: string): string {
  return text.slice(tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0).replace(/\s+/g, ' ')
}

function isShouted(tokens: readonly Token[]): boolean {
  const words = tokens.filter((token) => /^\p{L}{2,}$/u.test(token.text))
  return words.length > 3 && words.every((token) => token.text === token.text.toUpperCase() && !caseless.test(token.text))
}

function bare(word: string): string {
  return word.replace(/\.$/, '')
}
