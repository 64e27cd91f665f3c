import { isAnimal, isKin } from './kin.ts'
import { isName, type NameRun, nameAt } from './names.ts'
import type { Token } from './tokens.ts'

/** That somebody's `noun` ("sister", "dog", "bakery") bears these names; no name where the text only says that there is one. */
export interface Binding {
  readonly owner: string
  readonly noun: string
  /** What stands before the noun: "best", "Georgian", "two". */
  readonly modifiers: readonly string[]
  readonly names: readonly NameRun[]
  /** Tokens of the text that say so. */
  readonly from: number
  readonly until: number
}

/** How owners are named while reading: `speaker`, `last` (the person spoken of before), or a name. */
export type OwnerWord = (pronoun: string, place: number) => string

/** Everything a sentence calls by name: "my brother Ruaridh", "a ferret called Angus", "her name's Idli", "Darren, my boyfriend". */
export function bindingsIn(tokens: readonly Token[], text: string, owner: OwnerWord): Binding[] {
  const found: Binding[] = []
  for (let place = 0; place < tokens.length; place++) {
    const noun = tokens[place]
    if (noun === undefined) continue
    if (noun.word === 'name' || noun.word === 'names') {
      const binding = ownName(tokens, place, text, owner)
      if (binding !== undefined) found.push(binding)
      continue
    }
    if ((noun.pos === 'PRON' && /^(he|she|it|they)$/.test(noun.word)) || noun.word === 'one') {
      const names = calledNames(tokens, place + 1, text)
      if (names.length > 0)
        found.push({
          owner: owner(noun.word === 'one' ? 'it' : noun.word, place),
          noun: '',
          modifiers: [],
          names,
          from: place,
          until: names.at(-1)?.until ?? place,
        })
      continue
    }
    if (/^(?:today|yesterday|tomorrow|tonight|(?:day|week|month|year|hour|minute|time|morning|night|weekend|lot|bit)s?)$/.test(noun.word))
      continue
    const promised = promisedTo(tokens, place, text, owner)
    if (promised !== undefined) found.push(promised)
    const kin = isKin(noun.word) && noun.pos !== 'VERB'
    if (
      !kin &&
      (noun.pos !== 'NOUN' || (tokens[place + 1]?.pos === 'NOUN' && !/^(?:today|yesterday)$/.test(tokens[place + 1]?.word ?? '')))
    )
      continue
    const phrase = phraseBefore(tokens, place, owner)
    if (phrase === undefined) continue
    if (kin && tokens[place + 1] !== undefined && isKin(tokens[place + 1]?.word ?? '') && tokens[place + 1]?.pos === 'NOUN') continue
    const names = namesAfter(tokens, place + 1, text, kin || phrase.possessed, kin)
    const before =
      names.length === 0 && (phrase.possessed || (kin && (isAnimal(noun.word) || !phrase.introduced))) && phrase.bare !== true
        ? nameBefore(tokens, phrase.from, text)
        : undefined
    if (names.length === 0 && before === undefined && !kin && !phrase.possessed && !phrase.introduced) continue
    const all = before === undefined ? names : [before]
    found.push({
      owner: phrase.owner,
      noun: noun.word,
      modifiers: phrase.modifiers,
      names: all,
      from: Math.min(phrase.from, before?.from ?? phrase.from),
      until: Math.max(place + 1, names.at(-1)?.until ?? 0),
    })
    place = Math.max(place, (names.at(-1)?.until ?? 0) - 1)
  }
  return found
}

/** "I got engaged to Haruka", "She's married to Tom", "I'm dating Ana". "We want to call him Biscuit" names what was spoken of. */
function promisedTo(tokens: readonly Token[], place: number, text: string, owner: OwnerWord): Binding | undefined {
  const word = tokens[place]?.word ?? ''
  const to = tokens[place + 1]?.word === 'to'
  const noun = word === 'engaged' && to ? 'fiance' : word === 'married' ? 'spouse' : word === 'dating' ? 'partner' : undefined
  const calls = /^(call|called|calling|named|naming|name)$/.test(word) && /^(him|her|it)$/.test(tokens[place + 1]?.word ?? '')
  if (noun === undefined && !calls) return undefined
  const name = nameAt(tokens, place + (to || calls ? 2 : 1), text)
  if (name === undefined) return undefined
  return {
    owner: calls ? owner('it', place) : owner('a', place),
    noun: noun ?? '',
    modifiers: [],
    names: [name],
    from: place,
    until: name.until,
  }
}

/** "my dog's name is Duke", "his name's Emil", "the name of my dog is Duke". */
function ownName(tokens: readonly Token[], place: number, text: string, owner: OwnerWord): Binding | undefined {
  const be = tokens[place + 1]
  if (be?.lemma !== 'be' && be?.word !== "'s") return undefined
  const names = nameList(tokens, place + 2, text)
  if (names.length === 0) return undefined
  const before = tokens[place - 1]
  const until = names.at(-1)?.until ?? place
  if (before?.word === "'s" || before?.word === "'") {
    const noun = tokens[place - 2]
    const phrase = noun === undefined ? undefined : phraseBefore(tokens, place - 2, owner)
    if (noun === undefined || phrase === undefined) return undefined
    return { owner: phrase.owner, noun: noun.word, modifiers: phrase.modifiers, names, from: phrase.from, until }
  }
  if (before !== undefined && /^(his|her|its|their|my)$/.test(before.word))
    return { owner: owner(before.word, place), noun: '', modifiers: [], names, from: place - 1, until }
  return undefined
}

interface Phrase {
  readonly owner: string
  readonly possessed: boolean
  readonly introduced: boolean
  /** Nothing says whose. */
  readonly bare?: boolean
  readonly modifiers: readonly string[]
  readonly from: number
}

/** What stands before a noun, up to whose it is. */
function phraseBefore(tokens: readonly Token[], place: number, owner: OwnerWord): Phrase | undefined {
  const modifiers: string[] = []
  let from = place
  while (from > 0 && ['ADJ', 'NOUN', 'NUM', 'ADV', 'PROPN'].includes(tokens[from - 1]?.pos ?? '') && place - from < 4) {
    from--
    modifiers.unshift(tokens[from]?.word ?? '')
  }
  const before = tokens[from - 1]
  if (before !== undefined && /^(my|our|his|her|their|your|its)$/.test(before.word)) {
    return { owner: owner(before.word, from - 1), possessed: true, introduced: false, modifiers, from: from - 1 }
  }
  if (before?.word === "'s" && before.pos === 'PART') {
    let start = from - 2
    while (isName(tokens, start - 1)) start--
    if (isName(tokens, start)) {
      const name = tokens
        .slice(start, from - 1)
        .map((token) => token.word)
        .join(' ')
      return { owner: name, possessed: true, introduced: false, modifiers, from: start }
    }
    return undefined
  }
  if (before !== undefined && /^(a|an|the|another|this)$/.test(before.word)) {
    return {
      owner: owner(/^an?$|another/.test(before.word) ? 'a' : '', from - 1),
      possessed: false,
      introduced: before.word !== 'the' && before.word !== 'this',
      modifiers,
      from: from - 1,
    }
  }
  const counted = modifiers.some((word) => /^(two|three|four|five|six|seven|eight|nine|ten|\d+|twin)$/.test(word))
  const bareKin = isKin(tokens[place]?.word ?? '')
  if (counted || bareKin)
    return {
      owner: owner(counted || before?.pos === 'VERB' ? 'a' : '', from),
      possessed: bareKin && !counted,
      bare: true,
      introduced: counted,
      modifiers,
      from,
    }
  return undefined
}

const timely =
  /^(?:last|this|next|yesterday|today|now|week|month|year|night|weekend|already|finally|too|as|well|ago|years?|months?|weeks?|days?)$/

function namesAfter(tokens: readonly Token[], from: number, text: string, possessed: boolean, kin: boolean): NameRun[] {
  // "had twins last week, Oscar and Olive"
  const comma = tokens.findIndex((token, place) => place >= from && !(token.pos === 'ADV' || timely.test(token.word)))
  if (comma > from && tokens[comma]?.text === ',') return namesAfter(tokens, comma, text, possessed, kin)
  const next = tokens[from]
  if (next === undefined) return []
  if (kin && isName(tokens, from)) return nameList(tokens, from, text)
  if (next.text === ':' || next.text === '-' || next.text === '—') return nameList(tokens, from + 1, text)
  if (next.text === ',' && isName(tokens, from + 1)) {
    const names = nameList(tokens, from + 1, text)
    const after = tokens[names.at(-1)?.until ?? from]
    const closed = after === undefined || after.pos === 'PUNCT' || after.pos === 'CCONJ'
    return closed ? names : []
  }
  const called = calledNames(tokens, from, text)
  if (called.length > 0) return called
  // "a ramen shop in Osaka called Tsuki"
  if (next.pos === 'ADP') {
    const at = tokens.findIndex((token, place) => place > from && place < from + 6 && /^(called|named)$/.test(token.word))
    const broken = tokens
      .slice(from, Math.max(from, at))
      .some((token) => token.pos === 'PUNCT' || token.pos === 'VERB' || token.pos === 'AUX' || /^(a|an)$/.test(token.word))
    if (at > 0 && !broken) return calledNames(tokens, at, text)
  }
  if ((next.lemma === 'be' || next.word === "'s") && (possessed || kin)) {
    const names = nameList(tokens, from + 1, text)
    return names
  }
  // "The sister nearest me in age is Aoife"
  if (kin && next.pos !== 'PUNCT') {
    const be = tokens.findIndex((token, place) => place > from && place < from + 6 && token.lemma === 'be' && isName(tokens, place + 1))
    const broken = tokens
      .slice(from, Math.max(from, be))
      .some((token) => token.pos === 'PUNCT' || token.pos === 'VERB' || token.pos === 'AUX' || token.pos === 'CCONJ')
    if (be > 0 && !broken) return nameList(tokens, be + 1, text)
  }
  return []
}

function calledNames(tokens: readonly Token[], from: number, text: string): NameRun[] {
  let place = from
  if (tokens[place]?.lemma === 'be' || tokens[place]?.word === "'s") place++
  if (!/^(called|named|name)$/.test(tokens[place]?.word ?? '')) return []
  return nameList(tokens, place + 1, text)
}

/** "Jaylen, Tasha, Andre and little Mia". */
function nameList(tokens: readonly Token[], from: number, text: string): NameRun[] {
  const names: NameRun[] = []
  let place = from
  for (;;) {
    while (names.length > 0 && tokens[place]?.pos === 'ADJ') place++
    const name = nameAt(tokens, place, text)
    if (name === undefined) break
    names.push(name)
    place = name.until
    const separator = tokens[place]
    if (separator === undefined || !/^(,|and|&)$/.test(separator.word)) break
    place++
    if (separator.text === ',' && tokens[place]?.word === 'and') place++
  }
  // "Ruaridh, he emigrated": a name after the comma that starts a clause of its own is no longer the list.
  return names
}

/** "Darren, my boyfriend", "Nino is my teacher". */
function nameBefore(tokens: readonly Token[], from: number, text: string): NameRun | undefined {
  const between = tokens[from - 1]
  const joined = between?.text === ',' || between?.lemma === 'be' || between?.word === "'s" || between?.text === '('
  if (!joined) return undefined
  let start = from - 2
  if (!isName(tokens, start)) return undefined
  while (isName(tokens, start - 1)) start--
  const run = nameAt(tokens, start, text)
  if (run?.until !== from - 1) return undefined
  return run
}
