import { monthNames } from '../month-names.ts'
import { isKin } from './kin.ts'
import { isName, nameAt } from './names.ts'
import { fold, type Token } from './tokens.ts'

/** Somebody a question speaks of: "my sister's husband" is `{ root: '@self', kin: ['sister', 'husband'] }`. */
export interface Reference {
  /** `@self` or a name as written. */
  readonly root: string
  readonly kin: readonly string[]
  /** Words that tell which one: "best", "Georgian". */
  readonly modifiers: readonly string[]
  readonly from: number
  readonly until: number
}

export const months: readonly string[] = monthNames.map((name) => name.toLowerCase())
const selfWords = new Set(['i', 'me', 'my', 'mine', 'we', 'us', 'our', 'ours', 'myself'])

/** Everybody the question speaks of, left to right. */
export function referencesIn(words: readonly Token[], text: string): Reference[] {
  const found: Reference[] = []
  for (let place = 0; place < words.length; place++) {
    const token = words[place]
    if (token === undefined) continue
    let root: string | undefined
    let next = place + 1
    let owns = false
    if (selfWords.has(token.word) && token.pos !== 'PROPN') {
      root = '@self'
      owns = token.word === 'my' || token.word === 'our'
    } else if (place > 0 || words[1]?.word === "'s") {
      const run = isName(words, place) ? nameAt(words, place, text) : undefined
      if (run !== undefined && !dateWord(run.text)) {
        root = run.text
        next = run.until
        if (words[next]?.word === "'s" || words[next]?.word === "'") {
          owns = true
          next++
        }
      }
    }
    if (root === undefined) continue
    if (root === '@self' && !owns && found.some((each) => each.root === '@self' && each.kin.length === 0)) continue
    const chain = kinChain(words, next, owns)
    const ofKin = chain.kin.length === 0 && !owns ? undefined : chain
    const reference = {
      root,
      kin: ofKin?.kin ?? [],
      modifiers: ofKin?.modifiers ?? [],
      from: place,
      until: ofKin === undefined || chain.kin.length === 0 ? next : chain.until,
    }
    found.push(reference)
    place = reference.until - 1
  }
  return withBareKin(found, words)
}

/** "'s best friend 's dog": kin nouns and what tells them apart, as far as they go. */
function kinChain(words: readonly Token[], from: number, owns: boolean): { kin: string[]; modifiers: string[]; until: number } {
  const kin: string[] = []
  const modifiers: string[] = []
  let until = from
  let place = from
  while (owns) {
    const pending: string[] = []
    while (['ADJ', 'PROPN', 'NOUN', 'NUM'].includes(words[place]?.pos ?? '') && !isKin(words[place]?.word ?? '') && pending.length < 3) {
      pending.push(words[place]?.word ?? '')
      place++
    }
    const noun = words[place]
    if (noun === undefined || !isKin(noun.word)) break
    kin.push(noun.word)
    modifiers.push(...pending)
    place++
    until = place
    owns = words[place]?.word === "'s" || words[place]?.word === "'"
    if (owns && words[place]?.pos === 'AUX') owns = isKin(words[place + 1]?.word ?? '')
    place++
    if (owns) until = place
  }
  return { kin, modifiers, until }
}

/** "What does mum teach?", "the name of the dog": a kin word of nobody is the asker's. */
function withBareKin(found: Reference[], words: readonly Token[]): Reference[] {
  for (const [place, token] of words.entries()) {
    if (!/^(mum|mom|dad|mother|father|grandma|grandpa|amma|appa|nana|granny|papa|mama)$/.test(token.word)) continue
    if (found.some((each) => place >= each.from && place < each.until)) continue
    if (words[place - 1]?.word === "'s") continue
    found.push({ root: '@self', kin: [token.word], modifiers: [], from: place, until: place + 1 })
  }
  return found.sort((a, b) => a.from - b.from)
}

/** Whether a word says a date: a number, a weekday, a month. */
export function dateWord(text: string): boolean {
  return /^\d|^(mon|tues|wednes|thurs|fri|satur|sun)day/i.test(text) || months.includes(fold(text))
}
