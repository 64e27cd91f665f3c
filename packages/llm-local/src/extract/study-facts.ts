import { places } from './lexicon/places.ts'
import { type Filler, hintType, type SubjectClause, sayFiller } from './subject-clause.ts'

const degree =
  /^(?:degree|master'?s?|masters|phd|bachelor'?s?|ba|bsc|msc|ma|mba|btech|mtech|doctorate|diploma|undergrad|postgrad|internship|apprenticeship|residency)$/

/** "I'm doing a master's in civil engineering at TU Delft"; "went to UCD for veterinary medicine". */
export function readStudy(part: SubjectClause, fillers: readonly Filler[]): boolean {
  const { verb } = part.clause
  const object = fillers.find((each) => each.slot === 'object' && degree.test(each.phrase.noun ?? ''))
  const subject = fillers.find((each) => each.slot === 'for' && each.phrase.noun !== undefined && each.phrase.name === undefined)
  const school = fillers.find((each) => each.slot === 'to' && each.phrase.name && !places.has(each.phrase.name.text.toLowerCase()))
  const went = verb.lemma === 'go' && school && subject
  if (!object && !went) return false
  if (object && !/^(?:do|study|finish|complete|get|earn|have|take|receive|start|begin|pursue)$/.test(verb.lemma)) return false
  if (went) {
    sayFiller(part, 'studied_at', school.phrase, 'event', 0.85, verb.negated)
    sayFiller(part, 'studies', subject.phrase, 'state', 0.8, verb.negated)
    return true
  }
  for (const each of fillers) {
    if (/^(?:at|from)$/.test(each.slot) && each.phrase.name) {
      hintType(part, each.phrase, 'organisation')
      sayFiller(part, 'studied_at', each.phrase, verb.tense === 'present' ? 'state' : 'event', 0.9, verb.negated)
    } else if (each.slot === 'in' && each.phrase.name === undefined) sayFiller(part, 'studies', each.phrase, 'state', 0.85, verb.negated)
  }
  if (object) sayFiller(part, 'degree', object.phrase, 'event', 0.7, verb.negated)
  return true
}
