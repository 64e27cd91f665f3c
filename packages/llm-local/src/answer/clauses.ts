import type { Token } from './tokens.ts'

const breaks = /^([,;:.!?…—–()"]|-)$/
const conjunctions = new Set([
  'and',
  'but',
  'so',
  'because',
  'cause',
  'though',
  'although',
  'while',
  'when',
  'until',
  'where',
  'then',
  'since',
  'plus',
  'or',
  'if',
])

/** A sentence cut before each comma or conjunction that a verb of its own follows. */
export function clausesOf(words: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]]
  for (const [place, token] of words.entries()) {
    if (breaks.test(token.text) || (conjunctions.has(token.word) && place > 0 && opensClause(words, place + 1))) parts.push([])
    if (!breaks.test(token.text)) parts.at(-1)?.push(token)
  }
  const clauses: Token[][] = []
  for (const part of parts) {
    if (part.length === 0) continue
    const whole = clauses.at(-1)
    if (whole !== undefined && !part.some(isVerb)) whole.push(...part)
    else clauses.push([...part])
  }
  return clauses
}

/** Whether a subject with a verb, or a verb, follows within a few words. */
function opensClause(words: readonly Token[], from: number): boolean {
  let place = from
  while (['ADV', 'PART'].includes(words[place]?.pos ?? '')) place++
  const first = words[place]
  if (first === undefined) return false
  if (first.pos === 'VERB' || first.pos === 'AUX') return true
  for (let next = place + 1; next < Math.min(words.length, place + 6); next++) {
    const token = words[next]
    if (token === undefined || breaks.test(token.text) || token.pos === 'CCONJ') return false
    if (isVerb(token)) return ['PRON', 'PROPN', 'NOUN', 'DET', 'ADJ'].includes(first.pos)
  }
  return false
}

export function isVerb(token: Token): boolean {
  return (token.pos === 'VERB' || token.pos === 'AUX') && !/^(called|named|based|retired)$/.test(token.word)
}
