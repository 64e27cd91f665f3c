import { personRelations } from './lexicon/people.ts'
import { animals } from './lexicon/things.ts'
import { text } from './noun-facts.ts'
import { addFact, speakerIndex } from './reading.ts'
import { namedIndex, relationOf } from './referents.ts'
import type { SentenceReading } from './sentence-reading.ts'

/** What a speaker says without a verb ("Not married, no kids"), or before the clause ("After ten years at Bosch, …"). */
export function readFragments(sentence: SentenceReading): void {
  const { reading, span, tokens, phrases, clauses, names } = sentence
  if (reading.passage.speaker === undefined || sentence.isQuestion) return
  const say = (fact: Omit<Parameters<typeof addFact>[1], 'subject' | 'span' | 'confidence'>): void => {
    const subject = speakerIndex(reading)
    if (subject !== undefined) addFact(reading, { ...fact, subject, span, confidence: 0.75 })
  }
  if (clauses.every((clause) => clause.subordinator !== undefined)) {
    for (const [index, token] of tokens.entries()) {
      const negated = tokens[index - 1]?.lower === 'not'
      if (/^(?:married|single|divorced|engaged|widowed)$/.test(token.lower) && (negated || index === 0))
        say({ predicate: 'marital_status', object: text(token.lower), negated })
    }
    for (const phrase of phrases) {
      if (phrase.kind !== 'noun' || phrase.determiner !== 'no' || phrase.noun === undefined) continue
      const predicate = animals.has(phrase.noun.replace(/s$/, ''))
        ? 'has_pet'
        : personRelations.has(phrase.noun)
          ? relationOf(phrase.noun)
          : undefined
      if (predicate !== undefined) say({ predicate, object: text(phrase.noun), negated: true })
    }
  }
  const [first, second] = tokens
  const at = tokens.findIndex((token) => /^(?:at|with)$/.test(token.lower))
  const employer = names.find((name) => name.from === at + 1)
  const isSpell =
    first?.lower === 'after' &&
    second !== undefined &&
    at > 1 &&
    at < 6 &&
    tokens.slice(1, at).some((token) => /^(?:years?|months?|decades?)$/.test(token.lower))
  const clause = clauses[0]
  if (!isSpell || !employer || clause?.subjects[0]?.pronoun !== 'i') return
  const end = clause.times[0]?.time
  const until = end?.end ?? reading.passage.at
  say({
    predicate: 'works_at',
    object: namedIndex(sentence, employer),
    valid: until === undefined ? {} : { until, untilPrecision: end?.end === undefined ? 'second' : end.precision },
  })
}
