import type { SentToModel } from '@graphmem/testkit'

/** What the doubles read of the one document of a request. */
interface Shown {
  readonly passage?: { readonly sentences: readonly { readonly text: string }[] }
  readonly question?: { readonly text: string; readonly user: { readonly name: string | null } }
  readonly evidence?: {
    readonly facts: readonly {
      readonly id: string
      readonly subject: string
      readonly predicate: string
      readonly object: string
      readonly holds: boolean
    }[]
    readonly named: readonly { readonly name: string }[]
  }
}

/** The sentences that the doubles know by heart. */
const readings: Readonly<Record<string, object>> = {
  'I work at Google as a senior engineer': {
    entities: [entity('Google', 'organisation')],
    facts: [fact('I', 'works_at', 'Google', 'entity'), fact('I', 'job_title', 'senior engineer', 'text')],
  },
  "I'm a doctor at Mayo Clinic": {
    entities: [entity('Mayo Clinic', 'organisation')],
    facts: [fact('I', 'job_title', 'doctor', 'text'), fact('I', 'works_at', 'Mayo Clinic', 'entity')],
  },
}

/** What a request asks to be read: the sentences of its passage, or its question. */
export function textAsked({ messages }: SentToModel): string {
  const { passage, question } = shownIn(messages)
  return passage === undefined ? (question?.text ?? '') : sentenceOf(passage)
}

/**
 * Answers as a model would: it reads the sentences that it knows, and any "Ann works at Acme.", and answers who works where and as what by the facts that
 * it is shown.
 */
export function answerAsModel({ messages }: SentToModel): object {
  const { passage, question, evidence } = shownIn(messages)
  if (passage !== undefined) return { resolved: [], contradicted: [], ...readingOf(sentenceOf(passage)) }
  const text = question?.text ?? ''
  const predicate = /job|do\?/.test(text) ? 'job_title' : 'works_at'
  const who = /\b(?:I|my)\b/.test(text) ? question?.user.name : evidence?.named[0]?.name
  const found = evidence?.facts.find((each) => each.predicate === predicate && each.holds && each.subject === who)
  if (found === undefined) return { found: false, answer: '', citations: [], confidence: 0 }
  return { found: true, answer: found.object, citations: [found.id], confidence: 0.9 }
}

/** Of a request that is made once more for its form, the document is the first message. */
function shownIn([first]: SentToModel['messages']): Shown {
  return JSON.parse(first?.content ?? '{}') as Shown
}

function sentenceOf({ sentences }: NonNullable<Shown['passage']>): string {
  return sentences.map(({ text }) => text).join(' ')
}

function readingOf(sentence: string): object {
  const [, who, where] = /^(\w+) works at (\w+)\.$/.exec(sentence) ?? []
  if (who === undefined || where === undefined) return readings[sentence] ?? { entities: [], facts: [] }
  return { entities: [entity(who, 'person'), entity(where, 'organisation')], facts: [fact(who, 'works_at', where, 'entity')] }
}

function entity(name: string, type: string): object {
  return { name, aliases: [], type, of: null, distinction: null }
}

function fact(subject: string, predicate: string, object: string, kind: string): object {
  return { subject, predicate, object, kind, sentence: 1, from: null, until: null, negated: false, exclusive: false, confidence: 0.9 }
}
