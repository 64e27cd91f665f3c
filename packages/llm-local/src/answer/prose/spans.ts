import { givenNames, isOccupation } from '../../extract/lexicon/people.ts'
import { placeHeads, places } from '../../extract/lexicon/places.ts'
import { fold } from '../tokens.ts'
import { countryCalled } from './countries.ts'
import { hasYear, momentsIn } from './moments.ts'
import { namePattern } from './name-pattern.ts'

/** A stretch of a sentence that may be an answer, and what kind of thing it can be. */
export interface Span {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly kind: 'person' | 'place' | 'organisation' | 'name' | 'adjective' | 'date' | 'year' | 'number' | 'phrase'
}

const names = new RegExp(namePattern, 'gu')
const quoted = /["“]([^"”]{2,60})["”]/gu
const numbers =
  /(?<![\p{L}\d.,$-])(?:over |about |approximately |nearly |around )?(?:[$£€]\s?)?(?:\d[\d,]*(?:\.\d+)?|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|thirty|forty|fifty)(?![\p{L}-]))(?: (?:million|billion|thousand|hundred|percent|per cent)|\s?%)?/giu
const small = new Set(
  `a an the and or but of in on at to for from by with as is was were are be been being it its his her their he she they that which who whom whose this these those
  has have had do does did not no also than then into over under after before during between among about around up out off such both each all some any more most other
  only very so if when where while because until since through against within without can could will would may might should there here one two first second new many several
  known called named located based born became become made including included include later`.split(/\s+/),
)
const sentenceWords =
  /^(?:The|This|These|Those|It|Its|He|His|She|Her|They|Their|In|On|At|After|Before|During|As|For|From|By|With|When|While|Although|However|There|A|An|And|But|Other|Some|Many|Most|One|Two|Since|Since|Both|Born|According|Despite|Also|Later|Under|Until|Following|Its|We|I|You|To|Of|All|No|Each|Such|That|Originally|Currently|If|Not|Then|Despite|Because|Like|Between)$/

/** All stretches of a sentence that may be an answer: names, what is in quotation marks, dates, numbers, phrases. */
export function spansIn(text: string, wantsPhrases: boolean): readonly Span[] {
  const found: Span[] = []
  const taken: boolean[] = []
  const take = (span: Span): void => {
    found.push(span)
    for (let at = span.start; at < span.end; at += 1) taken[at] = true
  }
  for (const match of text.matchAll(quoted)) {
    const words = match[1] ?? ''
    if (/^[\p{Lu}\d]/u.test(words))
      found.push({ text: words.replace(/[,.]$/, ''), start: match.index + 1, end: match.index + 1 + words.length, kind: 'name' })
  }
  for (const moment of momentsIn(text)) {
    take({ text: moment.text, start: moment.start, end: moment.end, kind: /^\d{3,4}$/.test(moment.text) ? 'year' : 'date' })
    const year = /\b\d{4}\b/.exec(moment.text)
    if (year !== null && hasYear(moment) && moment.text.length > 4)
      found.push({ text: year[0], start: moment.end - 4, end: moment.end, kind: 'year' })
  }
  for (const match of text.matchAll(names)) {
    const start = match.index
    for (const part of namesOf(match[0]))
      take({
        text: part.text,
        start: start + part.at,
        end: start + part.at + part.text.length,
        kind: kindOf(part.text, text.slice(0, start + part.at)),
      })
  }
  for (const match of text.matchAll(numbers)) {
    if (taken[match.index] === true || taken[match.index + match[0].length - 1] === true) continue
    const end = match.index + match[0].length
    take({ text: match[0].replace(/[,.]$/, ''), start: match.index, end, kind: 'number' })
    const unit = /^\s(\p{Ll}{3,})/u.exec(text.slice(end))
    if (unit?.[1] !== undefined && !small.has(unit[1]))
      found.push({ text: `${match[0]} ${unit[1]}`, start: match.index, end: end + unit[0].length, kind: 'number' })
  }
  if (wantsPhrases) found.push(...phrasesIn(text))
  return found
}

/** A name, and without the word that only begins the sentence. */
function namesOf(name: string): readonly { readonly text: string; readonly at: number }[] {
  const plain = name.replace(/(?:['’]s?|[.,])+$/u, (end) =>
    /^\.$/.test(end) && /\b(?:Inc|Jr|Sr|Co|Ltd|\p{Lu})$/u.test(name.slice(0, -1)) ? end : '',
  )
  const first = /^(\S+)\s+/.exec(plain)
  if (first?.[1] !== undefined && sentenceWords.test(first[1]))
    return namesOf(plain.slice(first[0].length)).map(({ text, at }) => ({ text, at: at + first[0].length }))
  if (sentenceWords.test(plain) || plain.length < 2 || !/^\p{Lu}/u.test(plain)) return []
  return [{ text: plain, at: 0 }]
}

function kindOf(name: string, before: string): Span['kind'] {
  const words = fold(name).split(/[\s-]+/)
  const [first = ''] = words
  const last = words.at(-1) ?? ''
  const country = countryCalled(name)
  if (organisation.test(name)) return 'organisation'
  if (country !== undefined) return country.isAdjective ? 'adjective' : 'place'
  if (places.has(fold(name)) || placeHeads.has(last) || /^(?:lake|mount|river|cape|fort|port|saint|san|santa|los|las|new)$/.test(first))
    return 'place'
  if (givenNames.has(first) && words.length > 1) return 'person'
  const role = /([\p{Ll}-]+)\s+["“]?$/u.exec(before)?.[1]
  if (role !== undefined && isOccupation(role)) return 'person'
  if (/\b(?:in|at|near|from|of)\s+(?:the\s+)?$/i.test(before) && words.length < 3) return 'place'
  return 'name'
}

const organisation =
  /\b(?:University|College|School|Institute|Company|Corporation|Inc|Ltd|Limited|Records|Entertainment|Pictures|Studios|Party|Association|League|Club|Union|Council|Committee|Academy|Museum|Society|Foundation|Bank|Church|Army|Navy|Force|Orchestra|Band|Group|Awards?|Prize|Cup|Championship|Festival|Games|War|Battle|Treaty|Act|Department|Ministry|Court|Railway|Airlines?|Airways|Motors|Times|Post|Magazine|Journal)\b/

/** Words between small words: "a *land-grant university* in". */
function phrasesIn(text: string): readonly Span[] {
  const found: Span[] = []
  let from = -1
  let until = -1
  let count = 0
  const close = (): void => {
    if (from >= 0 && count <= 4) found.push({ text: text.slice(from, until), start: from, end: until, kind: 'phrase' })
    from = -1
    count = 0
  }
  for (const match of text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}'’-]*|[^\s]/gu)) {
    const word = match[0]
    if (!/[\p{L}]/u.test(word) || small.has(word.toLowerCase())) close()
    else {
      if (from < 0) from = match.index
      until = match.index + word.length
      count += 1
    }
  }
  close()
  return found.filter((span) => /\p{Ll}/u.test(span.text[0] ?? '') || /\s\p{Ll}/u.test(span.text))
}
