import type { PartOfSpeech } from 'wink-nlp'
import { isOccupation, personRelations } from './lexicon/people.ts'
import { workKinds } from './lexicon/things.ts'
import { wordSet } from './lexicon/words.ts'
import type { Token } from './read-text.ts'

const pronouns = wordSet('i you he she it we they who that there what here where how')
const subjectPronouns = wordSet('i we he she they you')
const auxiliaries = wordSet("am is are was were be been being 's 'm 're 've 'd 'll gonna wanna gotta")
const determiners = wordSet('a an the my your his her its our their this these some any every each no another')
const adverbs = wordSet(
  'now then today yesterday tomorrow still also just really never always usually currently recently actually already finally',
)
const compoundTags: readonly PartOfSpeech[] = ['NOUN', 'ADJ', 'VERB', 'NUM', 'ADP', 'ADV', 'PROPN', 'X']

/** Mends what the tokenizer and the tagger get wrong often enough to matter. */
export function mendTokens(tokens: readonly Token[]): Token[] {
  const joined = joinTokens(tokens)
  return joined.map((token, index) => {
    const tag = mendedTag(joined, index)
    return tag === token.tag ? token : { ...token, tag }
  })
}

/** "father-in-law", "four-lane" and "master's" are one word; so is one that was cut at a letter which the tokenizer does not know. */
function joinTokens(tokens: readonly Token[]): Token[] {
  const joined: Token[] = []
  for (let index = 0; index < tokens.length; index++) {
    let token = tokens[index] as Token
    for (;;) {
      const next = tokens[index + 1]
      const after = tokens[index + 2]
      if (
        next &&
        !next.spaced &&
        /^\p{L}+$/u.test(next.text) &&
        /^[\p{L}\p{M}]+$/u.test(token.text) &&
        next.tag !== 'AUX' &&
        next.tag !== 'PART' &&
        !/^(?:can|gon|wan|got)$/.test(token.lower) &&
        (token.tag === 'X' || next.tag === 'X' || /[^\p{ASCII}]/u.test(token.text + next.text))
      ) {
        token = merge(token, next, /^\p{Lu}/u.test(token.text) ? 'PROPN' : 'NOUN')
        index += 1
      } else if (
        next?.text === '-' &&
        after &&
        !next.spaced &&
        !after.spaced &&
        /^[\p{Ll}\d]/u.test(token.text) &&
        /^\p{L}/u.test(after.text) &&
        compoundTags.includes(after.tag)
      ) {
        token = merge(merge(token, next, token.tag), after, compoundTag(token, after, tokens[index + 3]))
        index += 2
      } else if (/^(?:master|bachelor)$/.test(token.lower) && /^['’]s$/.test(next?.lower ?? '') && next) {
        token = merge(token, next, 'NOUN')
        index += 1
      } else break
    }
    joined.push(token)
  }
  return joined
}

function merge(first: Token, second: Token, tag: PartOfSpeech): Token {
  const text = first.text + second.text
  const lower = first.lower + second.lower
  return { ...first, text, lower, lemma: tag === 'VERB' ? `${first.lower}${second.lemma}` : lower, tag, end: second.end }
}

function compoundTag(first: Token, last: Token, next: Token | undefined): PartOfSpeech {
  if (personRelations.has(`${first.lower}-${last.lower}`) || last.lower === 'law') return 'NOUN'
  if (last.tag === 'VERB') return /^(?:co|re|pre|self|over|out|mis|un)$/.test(first.lower) && next?.tag !== 'NOUN' ? 'VERB' : 'ADJ'
  if (last.tag === 'ADJ' && isOccupation(first.lower)) return 'NOUN'
  if (first.tag === 'NUM' || last.tag === 'ADP' || last.tag === 'ADV') return 'ADJ'
  if (last.tag === 'NOUN' || last.tag === 'PROPN')
    return next?.tag === 'NOUN' || next?.text === ',' ? (isOccupation(last.lower) ? 'NOUN' : 'ADJ') : 'NOUN'
  return last.tag
}

function mendedTag(tokens: readonly Token[], index: number): PartOfSpeech {
  const { lower, tag, text } = tokens[index] as Token
  const before = tokens[index - 1]
  const after = tokens[index + 1]
  if (lower === 'i') return 'PRON'
  if (personRelations.has(lower) && /^(?:my|our|his|her|their|your)$/.test(before?.lower ?? '') && tag !== 'PROPN' && tag !== 'ADJ')
    return 'NOUN'
  if (lower === 'work' && tag === 'NOUN' && before?.tag === 'CCONJ' && /^(?:at|for|as)$/.test(after?.lower ?? '')) return 'VERB'
  if (lower === 'team' && tag === 'VERB') return 'NOUN'
  if (lower === 'own' && /^(?:i|we|you|they|n't|not|to)$/.test(before?.lower ?? '')) return 'VERB'
  if (lower === 'stars' && workKinds.has(before?.lower ?? '') && after?.tag === 'PROPN') return 'VERB'
  if (lower === "'s") return isPossessive(tokens, index) ? 'PART' : 'AUX'
  if (text === 'Re' || text === 'Will' || text === 'May') return before && after && before.tag === 'PROPN' ? 'PROPN' : tag
  if (auxiliaries.has(lower)) return 'AUX'
  if (lower === 'lives' && /^(?:in|at|near|with|alone|by)$/.test(after?.lower ?? '')) return 'VERB'
  if (adverbs.has(lower) && tag !== 'PROPN') return 'ADV'
  if (before?.text === '-' && tag === 'VERB' && (!tokens[index]?.spaced || after?.tag === 'NOUN')) return 'ADJ'
  if (
    tag === 'VERB' &&
    after?.tag === 'NOUN' &&
    /ed$/.test(lower) &&
    before?.tag === 'ADV' &&
    /ly$/.test(before.lower) &&
    /^(?:DET|ADJ|CCONJ)$/.test(tokens[index - 2]?.tag ?? '')
  )
    return 'ADJ'
  if (tag === 'NOUN' && /ing$/.test(lower) && before && auxiliaries.has(before.lower) && (after?.tag === 'DET' || after?.tag === 'PRON'))
    return 'VERB'
  if (lower === 'married' || lower === 'engaged' || lower === 'promoted' || lower === 'hired')
    return /^(?:get|gets|getting|got)$/.test(before?.lower ?? '') ? 'VERB' : tag
  if (before && subjectPronouns.has(before.lower) && tag === 'NOUN' && text === lower && after?.tag !== 'AUX') return 'VERB'
  if (before && tag === 'VERB' && text === lower && isOccupation(lower) && ['NOUN', 'ADJ', 'DET'].includes(before.tag)) return 'NOUN'
  if (before && tag === 'VERB' && determiners.has(before.lower) && /(?:ing|ed)$/.test(lower))
    return after?.tag === 'NOUN' || after?.tag === 'PROPN' ? 'ADJ' : 'NOUN'
  if (
    before?.tag === 'ADP' &&
    before.lower !== 'to' &&
    tag === 'VERB' &&
    /ing$/.test(lower) &&
    (!after || ['PUNCT', 'CCONJ', 'ADP', 'ADV', 'AUX', 'SYM'].includes(after.tag))
  )
    return 'NOUN'
  return tag
}

/** Whether "'s" owns what follows, rather than stand for "is" or "has". */
function isPossessive(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]
  const after = tokens[index + 1]
  const second = tokens[index + 2]
  if (!before || !after) return true
  if (before.tag === 'PRON' || before.tag === 'ADV' || pronouns.has(before.lower)) return false
  if (
    after.tag === 'ADJ' &&
    (second === undefined || second.tag === 'PUNCT' || second.tag === 'CCONJ' || second.tag === 'ADP') &&
    before.tag !== 'PROPN'
  )
    return false
  const counted =
    after.tag === 'NUM' &&
    before.tag === 'PROPN' &&
    (second?.tag === 'NOUN' || second?.tag === 'PROPN' || second?.tag === 'ADJ') &&
    !/^years?$/.test(second.lower)
  if (counted || /^(?:first|second|third|fourth|fifth|last|only|own|best|most|largest|oldest|newest)$/.test(after.lower)) return true
  if (determiners.has(after.lower) || ['ADP', 'ADV', 'PART', 'PUNCT', 'AUX', 'NUM'].includes(after.tag)) return false
  const naming = before.lower === 'name' || before.lower === 'home' || personRelations.has(before.lower)
  if (naming && after.tag === 'PROPN') {
    const end = tokens.slice(index + 1).find((token) => token.tag !== 'PROPN' && token.text !== '-')
    return !(end === undefined || end.tag === 'PUNCT' || end.tag === 'CCONJ' || end.tag === 'SYM') && before.lower !== 'name'
  }
  if (after.tag === 'VERB') return second?.tag === 'NOUN' && !/ing$/.test(after.lower)
  return true
}
