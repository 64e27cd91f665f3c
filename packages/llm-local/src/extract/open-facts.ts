import { snake, text } from './noun-facts.ts'
import type { NounPhrase } from './phrases.ts'
import { addFact } from './reading.ts'
import { referent } from './referents.ts'
import { type Filler, isLiking, participle, type SubjectClause, sayFiller } from './subject-clause.ts'

/** A verb that no frame knows: its base form, with the preposition, is the predicate. */
export function readOpen(part: SubjectClause, { slot, phrase, after }: Filler, fillers: readonly Filler[]): void {
  const { sentence, clause } = part
  const { verb } = clause
  if (/^(?:let|seem|mean|think|guess|say|know|do|feel|look|sound|wonder|thank|be|happen|need)$/.test(verb.lemma) && !phrase.name) return
  const isDocument = sentence.reading.passage.kind === 'document'
  const named = phrase.name !== undefined || (phrase.pronoun === undefined && referent(sentence, phrase) !== undefined)
  if (!named && (phrase.pronoun !== undefined || phrase.noun === undefined || empty.has(phrase.noun))) return
  if (!named && slot !== 'object' && fillers.some((each) => each.slot === 'object')) return
  if (!named && phrase.text.split(' ').length > 6) return
  if (verb.lemma === 'become' && slot !== 'object') return
  if (verb.chain.length > 1) return
  const stem = `${verb.chain.length > 0 && !isTransparent(verb.chain) ? `${verb.chain.join('_to_')}_to_` : ''}${verb.passive || (clause.reduced && verb.form === 'participle') ? participle(part) : verb.lemma}`
  if (slot === 'object') {
    sayFiller(part, snake(stem), phrase, 'event', named ? 0.7 : 0.55, verb.negated)
    return
  }
  if (verb.lemma === 'marry' || isLiking(verb.lemma)) return
  if (after && after.name === undefined && after.noun !== undefined) {
    const object = clause.objects.at(-1)
    if (slot === 'of' && lightNouns.has(after.noun)) {
      sayFiller(part, snake(after === object ? stem : `${stem} ${prepositionOf(part, after)}`), phrase, 'event', 0.65, verb.negated)
      return
    }
    if (slot === 'of' || !/^(?:in|at|from|by|as|during|on)$/.test(slot)) {
      if (after === object && named) sayFiller(part, snake(`${stem} ${after.noun} ${slot}`), phrase, 'event', 0.6, verb.negated)
      return
    }
    if (after !== object && slot !== 'in' && slot !== 'at') return
  }
  if (slot === 'of') return
  sayFiller(part, snake(`${stem} ${slot}`), phrase, 'event', named ? (isDocument ? 0.65 : 0.7) : 0.5, verb.negated)
}

const lightNouns = new Set(
  'city town village county state province district region island republic kingdom municipality suburb parts part team band group series member members one version versions side end city cities borough commune country language use'.split(
    ' ',
  ),
)

function prepositionOf({ clause }: SubjectClause, noun: NounPhrase): string {
  return clause.obliques.find((oblique) => oblique.nouns.includes(noun))?.preposition ?? ''
}

const empty = new Set(
  'thing things lot lots bit way time times one ones kind sort part something anything nothing everything it that this some while fun'.split(
    ' ',
  ),
)

/** "I love hiking": what is done is liked. Whether the chain was one of those. */
export function readLiking(part: SubjectClause, chained: string): boolean {
  const { sentence, clause, subject } = part
  const liked = /^(?:love|like|enjoy|adore)$/.test(chained)
  if (!liked && chained !== 'hate') return false
  const { tokens, reading, span } = sentence
  const verbAt = clause.verb.to - 1
  const end = Math.max(
    verbAt + 1,
    ...clause.objects.map((each) => each.to),
    ...clause.obliques.slice(0, 1).map((each) => each.nouns[0]?.to ?? 0),
  )
  const words = tokens.slice(verbAt, end)
  const first = words[0]
  const last = words.at(-1)
  if (!first || !last || words.length > 8) return true
  const value = reading.passage.text.slice(first.start, last.end).replace(/\s+/g, ' ')
  addFact(reading, {
    subject: subject.name,
    predicate: liked ? 'likes' : 'dislikes',
    object: text(value),
    span,
    negated: clause.verb.negated,
    confidence: 0.8 * subject.confidence,
  })
  return true
}

export function isTransparent(chain: readonly string[]): boolean {
  return chain.every((lemma) => /^(?:start|begin|keep|continue|go|come|manage)$/.test(lemma))
}
