import type { Candidate } from './candidate.ts'
import { short } from './candidate.ts'
import { type Hit, habitPattern, hitsOf } from './frame-hits.ts'
import { type Frame, frames } from './frames.ts'
import { usualKin } from './kin.ts'
import { fold } from './names.ts'
import { isOneOf } from './people.ts'
import type { QuestionReading } from './read-question.ts'
import type { Reading, Statement } from './statements.ts'
import type { Who } from './who.ts'

/** The relation that the question asks for; `undefined` where it is none that people state in set ways. */
export function frameOf(question: QuestionReading): Frame | undefined {
  return frames.find((frame) => frame.asks(question))
}

/** The answer by a sentence that states the asked relation of the asked person in one of the usual ways. */
export function frameAnswer(frame: Frame, question: QuestionReading, ids: ReadonlySet<Who>, reading: Reading): Candidate | undefined {
  const hits = reading.statements.flatMap((statement) =>
    aboutThem(statement, ids) || bearsThem(frame, statement, ids, reading) ? hitsOf(frame, statement) : hitsNaming(frame, statement, ids),
  )
  if (frame.id === 'age') hits.push(...agesBeside(reading, ids))
  const asked = question.before?.map((token) => fold(token.text)) ?? []
  const fitting = hits.filter(
    (hit) =>
      !fold(hit.text)
        .split(/\s+/)
        .some((word) => asked.includes(word) && word.length > 2),
  )
  const chosen = choose(fitting, hits, question)
  if (chosen === undefined) return undefined
  const { statement } = chosen.hit
  const span = statement.passage.sentences[statement.sentence]
  return {
    text: short(chosen.hit.text),
    support: chosen.support,
    citations: [{ chunkId: statement.passage.chunkId, ...(span === undefined ? {} : { span }) }],
  }
}

/** "The girls are Ada (7) and Zoe (4)." */
function agesBeside(reading: Reading, ids: ReadonlySet<Who>): Hit[] {
  return reading.statements.flatMap((statement) => {
    const span = statement.passage.sentences[statement.sentence]
    const text = statement.passage.text.slice(span?.start ?? statement.start, span?.end ?? statement.end)
    const match = [...text.matchAll(/(\p{Lu}[\p{L}'’-]+),?\s*\((?:aged? )?(\d{1,3})\)/gu)].find((each) => isOneOf(ids, fold(each[1] ?? '')))
    return match?.[2] === undefined ? [] : [{ text: match[2], statement, past: false, future: false, pattern: 0 }]
  })
}

/** Whether a clause says something of one of these, or of a thing of theirs. */
export function aboutThem(statement: Statement, ids: ReadonlySet<Who>): boolean {
  return statement.subjects.some((who) => isOneOf(ids, who))
}

/** "My daughter had a baby boy on 2 April. His name is Emil" tells when Emil was born. */
function bearsThem(frame: Frame, statement: Statement, ids: ReadonlySet<Who>, reading: Reading): boolean {
  if (frame.id !== 'birthday') return false
  const child = reading.bindings.some(
    (each) =>
      each.passage === statement.passage &&
      /^(son|daughter|child)$/.test(usualKin(each.noun)) &&
      each.names.some((name) => isOneOf(ids, name.id)),
  )
  return child && /\b(?:had|having|gave birth|welcomed|baby|arrived)\b/i.test(textOf(statement))
}

/** "Dropped Tasha off at Howard": said of the speaker, and of her as well. */
function hitsNaming(frame: Frame, statement: Statement, ids: ReadonlySet<Who>): Hit[] {
  if (frame.id !== 'school' || !statement.others.some((who) => isOneOf(ids, who))) return []
  return /\b(?:dropped|took|sent|drove|moved)\b/i.test(textOf(statement)) ? hitsOf(frame, statement) : []
}

/** Of what was said, what fits the time asked about: the latest for now, the one before for then. */
function choose(usable: readonly Hit[], all: readonly Hit[], question: QuestionReading): { hit: Hit; support: number } | undefined {
  const stated = usable.filter((hit) => hit.pattern < habitPattern)
  // What somebody does all day is their job only if nothing says what they are.
  if (stated.length === 0) {
    const habit = question.time === 'past' ? (usable.find((hit) => hit.past) ?? usable[0]) : usable.find((hit) => !hit.past)
    if (habit === undefined) return undefined
    return { hit: habit, support: 0.7 }
  }
  const fitting = stated
  const latest = (a: Hit, b: Hit): number =>
    (b.statement.passage.at ?? 0) - (a.statement.passage.at ?? 0) || a.pattern - b.pattern || a.statement.rank - b.statement.rank
  const present = fitting.filter((hit) => !hit.past && !hit.future).sort(latest)
  const past = fitting.filter((hit) => hit.past).sort(latest)
  const future = fitting.filter((hit) => hit.future && !hit.past).sort(latest)
  if (question.time === 'past') {
    // What is no longer so is past even if it was said when it was so.
    const ended =
      question.before === undefined
        ? []
        : present.filter((hit) =>
            all.some(
              (other) => other !== hit && !fitting.includes(other) && (other.statement.passage.at ?? 0) >= (hit.statement.passage.at ?? 0),
            ),
          )
    const hit = past[0] ?? ended[0]
    if (hit !== undefined) return { hit, support: 0.9 }
    const named = question.before?.some((token) => token.pos === 'PROPN') ?? false
    if (present[0] !== undefined && !named) return { hit: present[0], support: 0.75 }
    return undefined
  }
  if (present[0] !== undefined) {
    const first = present[0]
    // What was left since is no answer any more.
    const ended = past.some(
      (hit) => fold(hit.text) === fold(first.text) && (hit.statement.passage.at ?? 0) > (first.statement.passage.at ?? 0),
    )
    const next = ended ? present.find((hit) => fold(hit.text) !== fold(first.text)) : first
    if (next !== undefined) return { hit: next, support: 0.92 }
  }
  if (future[0] !== undefined) return { hit: future[0], support: 0.45 }
  if (past[0] !== undefined) return { hit: past[0], support: question.time === 'any' ? 0.8 : 0.4 }
  return undefined
}

function textOf(statement: Statement): string {
  return statement.passage.text.slice(statement.start, statement.end)
}
