import type { Reference } from './references.ts'
import type { Token } from './tokens.ts'

/** What kind of thing a question asks for. */
export type Expected =
  | 'person'
  | 'place'
  | 'date'
  | 'number'
  | 'age'
  | 'duration'
  | 'yes-no'
  | 'reason'
  | 'manner'
  | 'name'
  | 'identity'
  | 'kind'
  | 'thing'

/** Reads it off the asking word, and how far the asking words go. */
export function expectedType(words: readonly Token[]): { expected: Expected; typeNoun?: string; until: number } {
  const start = Math.max(
    0,
    words.findIndex((token) =>
      /^(who|whom|whose|where|when|why|how|what|which|do|does|did|is|are|am|was|were|have|has|had|can|could|will|would|should)$/.test(
        token.word,
      ),
    ),
  )
  const wh = words.findIndex((token) => /^(who|whom|whose|where|when|why|how|what|which)$/.test(token.word))
  const at = wh >= 0 && (wh === start || wh <= 3 || !['AUX', 'VERB'].includes(words[start]?.pos ?? '')) ? wh : start
  const first = words[at]?.word ?? ''
  const second = words[at + 1]?.word ?? ''
  const until = at + 1
  if (first === 'who' || first === 'whom' || first === 'whose') return { expected: 'person', until }
  if (first === 'where') return { expected: 'place', until }
  if (first === 'when') return { expected: 'date', until }
  if (first === 'why') return { expected: 'reason', until }
  if (first === 'how') {
    if (second === 'many' || second === 'much') return { expected: 'number', until: at + 2 }
    if (second === 'old') return { expected: 'age', until: at + 2 }
    if (second === 'long') return { expected: words[at + 2]?.word === 'ago' ? 'date' : 'duration', until: at + 2 }
    if (second === 'often') return { expected: 'duration', until: at + 2 }
    return { expected: 'manner', until }
  }
  if (first === 'what' || first === 'which') return whatType(words, at)
  return { expected: 'yes-no', until: at }
}

function whatType(words: readonly Token[], at: number): { expected: Expected; typeNoun?: string; until: number } {
  let place = at + 1
  while (['ADJ', 'DET', 'NUM'].includes(words[place]?.pos ?? '')) place++
  while (words[place]?.pos === 'NOUN' && words[place + 1]?.pos === 'NOUN') place++
  if (place > at + 1 && words[place]?.pos === 'AUX' && words[place - 1]?.pos === 'ADJ') place--
  let noun = words[place]
  if (noun?.pos === 'ADJ' && words[place + 1]?.pos === 'AUX' && noun.lemma.length > 4) noun = { ...noun, pos: 'NOUN' }
  if (noun?.pos !== 'NOUN' && !(noun?.pos === 'PROPN' && noun.text === noun.word)) return { expected: 'thing', until: at + 1 }
  if (/^(kind|type|sort|breed|make|brand|genre|species)$/.test(noun.lemma)) {
    const of = words[place + 1]?.word === 'of' ? words[place + 2] : undefined
    if (of !== undefined && ['NOUN', 'PROPN', 'ADJ', 'VERB'].includes(of.pos)) {
      noun = of
      return { expected: 'kind', typeNoun: noun.lemma, until: place + 3 }
    }
    return { expected: 'kind', until: place + 1 }
  }
  const until = place + 1
  const typeNoun = noun.lemma
  if (/^(year|date|day|month|time|weekend|week|season|holiday)$/.test(typeNoun)) return { expected: 'date', typeNoun, until }
  if (/^(city|town|village|country|place|state|location|area|region|street|neighbou?rhood|continent|island)$/.test(typeNoun))
    return { expected: 'place', typeNoun, until }
  if (/^(person|friend|relative|member|celebrity)$/.test(typeNoun)) return { expected: 'person', typeNoun, until }
  if (/^(number|age|amount)$/.test(typeNoun)) return { expected: typeNoun === 'age' ? 'age' : 'number', typeNoun, until }
  return { expected: 'thing', typeNoun, until }
}

/** Parts of speech of words that mean little by themselves. */
export const functionTags: ReadonlySet<string> = new Set([
  'DET',
  'ADP',
  'PRON',
  'AUX',
  'PART',
  'CCONJ',
  'SCONJ',
  'PUNCT',
  'INTJ',
  'SYM',
  'SPACE',
])

/** "What is my dog called?", "Who is my wife?", "Who is Oksana?", "What kind of animal is Angus?", "What is my age?" */
export function refine(
  words: readonly Token[],
  expected: Expected,
  references: readonly Reference[],
  typeNoun: string | undefined,
): Expected {
  const content = words.filter((token) => !functionTags.has(token.pos))
  const asksName = words.some((token) => ['called', 'named'].includes(token.word)) || content.some((token) => token.lemma === 'name')
  if (expected === 'thing' && typeNoun === undefined && asksName) return 'name'
  if (expected === 'thing' && typeNoun === 'name') return 'name'
  if (expected === 'thing' && words.some((token) => token.word === 'age') && references.length > 0) return 'age'
  if (
    expected === 'thing' &&
    typeNoun === undefined &&
    words.some((token) => /^(birthday|birthdate|anniversary)$/.test(token.word)) &&
    words[1]?.lemma === 'be' &&
    content.length <= 3
  )
    return 'date'
  if (expected === 'person') {
    const reference = references[0]
    const bare = words.every(
      (token, place) => functionTags.has(token.pos) || references.some((each) => place >= each.from && place < each.until),
    )
    if (
      bare &&
      reference !== undefined &&
      references.length === 1 &&
      ['is', "'s", 'are', 'was', 'were', "'re", 'was'].includes(words[1]?.word ?? '')
    ) {
      return reference.kin.length > 0 ? 'name' : 'identity'
    }
  }
  return expected
}
