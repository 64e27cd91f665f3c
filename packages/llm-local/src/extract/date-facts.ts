import { anchored } from './calendar-time.ts'
import { wordNumber } from './lexicon/calendar.ts'
import { snake } from './noun-facts.ts'
import { addFact } from './reading.ts'
import { clauseTime, type Filler, participle, type SubjectClause, sayFiller } from './subject-clause.ts'

const dated = new Map([
  ['bear', 'born_on'],
  ['die', 'died_on'],
  ['pass_away', 'died_on'],
  ['marry', 'married_on'],
  ['release', 'released_on'],
  ['pass', 'died_on'],
])

/** Dates that are what the verb tells: a birth, a death, a wedding; or all that it tells: "he retired in 2018". */
export function readDates(part: SubjectClause, fillers: readonly Filler[]): void {
  const { sentence, clause, subject } = part
  const { reading, span } = sentence
  const { verb } = clause
  const found = clause.times.find((time) => time.relation === 'at')
  if (!found || verb.negated) return
  const time = anchored(found.time, reading.passage.at, verb.tense === 'future')
  const predicate = dated.get(verb.lemma)
  if (verb.form === 'ing' && clause.reduced) return
  if (verb.lemma === 'pass' && fillers.length > 0) return
  if (verb.lemma === 'marry')
    for (const { slot, phrase } of fillers)
      if (/^(?:in|at)$/.test(slot) && phrase.name) sayFiller(part, 'married_in', phrase, 'event', 0.85, false)
  if (predicate === undefined && (fillers.length > 0 || verb.chain.length > 0 || /^(?:have|get|do|make|let)$/.test(verb.lemma))) return
  addFact(reading, {
    subject: subject.name,
    predicate: predicate ?? `${snake(verb.passive ? participle(part) : verb.lemma)}_on`,
    object: { value: time.value, valueType: 'date' },
    span,
    valid: predicate === undefined ? clauseTime(part, 'event') : {},
    confidence: (predicate === undefined ? 0.7 : 0.9) * subject.confidence,
  })
}

/** "turned 23 on 21 March": an age, and with it the birthday. */
export function readAge(part: SubjectClause): boolean {
  const { sentence, clause, subject } = part
  if (clause.verb.lemma !== 'turn') return false
  const age = wordNumber(clause.objects[0]?.text.toLowerCase() ?? '')
  if (age === undefined || age < 1 || age > 119) return false
  const { reading, span } = sentence
  addFact(reading, {
    subject: subject.name,
    predicate: 'age',
    object: { value: String(age), valueType: 'quantity' },
    span,
    valid: clauseTime(part, 'start'),
    confidence: 0.85 * subject.confidence,
  })
  const found = clause.times[0]
  const day = found && anchored(found.time, reading.passage.at, false)
  if (day?.start !== undefined && day.precision === 'day') {
    const year = new Date(day.start).getUTCFullYear() - age
    addFact(reading, {
      subject: subject.name,
      predicate: 'born_on',
      object: { value: `${year}${day.value.slice(4)}`, valueType: 'date' },
      span,
      confidence: 0.75,
    })
  }
  return true
}
