import { isOccupation } from '../../extract/lexicon/people.ts'
import { placeHeads } from '../../extract/lexicon/places.ts'
import { type Token, tokens } from '../tokens.ts'

/** What kind of thing a question asks for, and the noun it says for it: "which *league*". */
export interface AskedType {
  readonly kind: 'person' | 'place' | 'date' | 'year' | 'number' | 'name' | 'thing'
  readonly noun?: string
  /** Where the asking words are in the question. */
  readonly at: number
}

const persons =
  /^(?:person|people|man|woman|actress|member|president|king|queen|emperor|empress|pope|ruler|leader|character|celebrity|winner|wife|husband|father|mother|son|daughter|brother|sister|child|sibling|champion|model|star|host|owner|heir|sibling|spouse|candidate|candidates)$/
const placesOnly =
  /^(?:country|continent|nation|neighbou?rhood|location|hometown|suburb|capital|place|area|section|part|birthplace|community|settlement|commune)$/
/** Of what has no name of its own as a rule. */
const plain =
  /^(?:kind|type|sort|form|amount|color|colour|nationality|genre|profession|occupation|job|citizen|subject|material|instrument|sport|religion|part|basis|purpose|reason|cause|name|group|role|position|term)$/

/** Reads the asking word, wherever in the question it is: "… is located on an island with a population of what?" */
export function askedType(text: string): AskedType {
  const many = /\bhow (?:many|much) ((?:[\p{L}-]+ ?){1,3})/iu.exec(text)
  if (many !== null) return { kind: 'number', at: many.index, ...nounOf(headOf(tokens(many[1] ?? ''))) }
  const year = /\b(?:what|which) years?\b/i.exec(text)
  if (year !== null) return { kind: 'year', at: year.index }
  const date =
    /\bwhen\b(?=.*\b(?:is|was|were|did|does|do|will|has|had|have)\b)|\b(?:what|which) (?:date|day|month)\b|\bstarted when\b|\b(?:birth|release) date\b/i.exec(
      text,
    )
  if (date !== null && (date.index < 4 || !/^when$/i.test(date[0]) || !/\b(?:what|which|who|where)\b/i.test(text)))
    return { kind: 'date', at: date.index }
  const population =
    /\b(?:population|number|height|length|age|elevation|distance)\b.*\bwhat\b|\bwhat (?:is|was) the (?:\w+ )?(?:population|number|height|length|elevation|age|distance|area)\b/i.exec(
      text,
    )
  if (population !== null)
    return {
      kind: 'number',
      at: population.index,
      ...nounOf(/population|height|length|age|elevation|distance|area/i.exec(population[0])?.[0].toLowerCase()),
    }
  const which = /\b(?:what|which)\b/i.exec(text)
  const where = /\bwhere\b/i.exec(text)
  const who = /^(?:who|whom|whose)\b|\b(?:by|to|from|for|with|of|after) (?:who|whom|whose)\b|, who\b/i.exec(text)
  if (who !== null && (which === null || who.index < which.index)) return { kind: 'person', at: who.index }
  if (where !== null && where.index < 3) return { kind: 'place', at: where.index }
  if (which !== null) return { ...whichType(text, which.index + which[0].length), at: which.index }
  if (where !== null) return { kind: 'place', at: where.index }
  const any = /\b(?:who|whom|whose)\b/i.exec(text)
  return any === null ? { kind: 'thing', at: 0 } : { kind: 'person', at: any.index }
}

function nounOf(noun: string | undefined): { readonly noun?: string } {
  return noun === undefined ? {} : { noun }
}

function whichType(text: string, from: number): Omit<AskedType, 'at'> {
  const words = tokens(text.replace(/#\d+/g, 'Xyz')).filter(({ start }) => start >= from)
  const noun = headOf(words) ?? headOf(afterCopula(words))
  if (noun === undefined) return { kind: 'thing' }
  if (persons.test(noun) || isOccupation(noun)) return { kind: 'person', noun }
  if (placesOnly.test(noun) || (placeHeads.has(noun) && !/^(?:range|line|school|college|university|house|place)$/.test(noun)))
    return { kind: 'place', noun }
  return { kind: plain.test(noun) ? 'thing' : 'name', noun }
}

/** "What *is the* name", "Which *of the* teams". */
function afterCopula(words: readonly Token[]): readonly Token[] {
  const from = words.findIndex(({ pos, word }) => !['AUX', 'DET', 'ADP', 'PRON'].includes(pos) && word !== 'is')
  return from > 0 && from < 4 ? words.slice(from) : []
}

/** The last noun of the phrase that begins here: "which Danish professional football *club* that won". Of a kind, what it is a kind of. */
function headOf(words: readonly Token[]): string | undefined {
  let head: string | undefined
  for (const [place, token] of words.entries()) {
    const { pos, word } = token
    const next = words[place + 1]
    if (pos === 'NOUN' || (pos === 'PROPN' && token.text === word)) head = token.lemma
    else if (
      !(
        pos === 'ADJ' ||
        pos === 'PROPN' ||
        pos === 'NUM' ||
        word === "'s" ||
        word === '-' ||
        word === 'other' ||
        (pos === 'VERB' && next?.pos === 'NOUN')
      )
    ) {
      if (word === 'of' && head !== undefined && /^(?:kind|type|sort|form|name)$/.test(head)) return headOf(words.slice(place + 1)) ?? head
      break
    }
  }
  return head
}
