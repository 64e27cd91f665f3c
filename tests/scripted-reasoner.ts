import type {
  CallOptions,
  Evidence,
  EvidenceFact,
  ExtractedFact,
  ExtractedName,
  Extraction,
  Passage,
  Question,
  ReasonedAnswer,
  Reasoner,
  TextSpan,
  ValidTime,
} from '@graphmem/core'

/** A double of a reasoner: it knows a handful of sentences, counts its calls, and fails or answers as it is told. */
export interface ScriptedReasoner extends Reasoner {
  readonly extracted: Passage[]
  readonly asked: { readonly question: Question; readonly evidence: Evidence }[]
  /** Called before each extraction; what it throws is what the extraction throws. */
  beforeExtract: (passage: Passage, call: number) => void
  /** What `answer` returns; default: the first fact that fits the question. */
  answerWith: ((question: Question, evidence: Evidence) => ReasonedAnswer | undefined) | undefined
  /** What `extract` returns; default: what the sentences say. */
  extractWith: ((passage: Passage) => Extraction) | undefined
}

export function scriptedReasoner(): ScriptedReasoner {
  const reasoner: ScriptedReasoner = {
    specVersion: 1,
    id: 'scripted/1',
    extracted: [],
    asked: [],
    beforeExtract: () => undefined,
    answerWith: undefined,
    extractWith: undefined,
    async extract(passage: Passage, options?: CallOptions) {
      options?.signal?.throwIfAborted()
      reasoner.extracted.push(passage)
      reasoner.beforeExtract(passage, reasoner.extracted.length)
      options?.signal?.throwIfAborted()
      return (reasoner.extractWith ?? extractSentences)(passage)
    },
    async answer(question: Question, evidence: Evidence, options?: CallOptions) {
      options?.signal?.throwIfAborted()
      reasoner.asked.push({ question, evidence })
      return (reasoner.answerWith ?? answerByFacts)(question, evidence)
    },
  }
  return reasoner
}

const predicates: Readonly<Record<string, { readonly predicate: string; readonly negated: boolean; readonly exclusive: boolean }>> = {
  'works at': { predicate: 'works_at', negated: false, exclusive: true },
  'work at': { predicate: 'works_at', negated: false, exclusive: true },
  'is not at': { predicate: 'works_at', negated: true, exclusive: true },
  'am not at': { predicate: 'works_at', negated: true, exclusive: true },
  'lives in': { predicate: 'lives_in', negated: false, exclusive: true },
  'live in': { predicate: 'lives_in', negated: false, exclusive: true },
  likes: { predicate: 'likes', negated: false, exclusive: false },
  like: { predicate: 'likes', negated: false, exclusive: false },
}
const name = String.raw`(?:\p{Lu}[\p{L}\p{M}\p{N}.&'’-]*\p{L}?(?: (?:\p{Lu}|\p{N})[\p{L}\p{M}\p{N}&'’-]*)*|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+|[\p{Script=Arabic}]+|[\p{Script=Devanagari}]+)`
const statement = new RegExp(
  String.raw`^(?<subject>I|My sister|${name})(?: the (?<who>[a-z]+))?(?:, known as (?<alias>${name}),)? (?<verb>${Object.keys(predicates).join('|')}) (?<object>${name})(?: (?<when>since|until|in) (?<year>\d{4}))?$`,
  'u',
)
const anyName = new RegExp(String.raw`(?<![\p{L}\p{N}])${name}`, 'gu')
const notNames = new Set(['I', 'My', 'The', 'A', 'Thanks', 'It', 'Where', 'What', 'This', 'And'])

function extractSentences(passage: Passage): Extraction {
  const names: { -readonly [K in keyof ExtractedName]: ExtractedName[K] }[] = []
  const facts: ExtractedFact[] = []
  const same: Extraction['same'][number][] = []
  const place = (given: Pick<ExtractedName, 'name' | 'type' | 'of' | 'discriminator'>, span: TextSpan | undefined): number => {
    const like = JSON.stringify([given.name, given.of, given.discriminator])
    let at = names.findIndex((other) => JSON.stringify([other.name, other.of, other.discriminator]) === like)
    if (at < 0) at = names.push({ ...given, mentions: [] }) - 1
    const known = names[at]
    if (known !== undefined && span !== undefined) known.mentions = [...known.mentions, span]
    return at
  }
  const speaker = (span: TextSpan | undefined) =>
    place({ name: { role: passage.speaker === 'self' ? 'self' : 'speaker' }, type: 'person' }, span)
  for (const sentence of passage.text.matchAll(/[^.!?\n]+/g)) {
    const raw = sentence[0]
    const start = sentence.index + raw.length - raw.trimStart().length
    const text = raw.trim()
    const span = { start, end: start + text.length }
    const spanOf = (part: string, from = 0): TextSpan => {
      const at = start + text.indexOf(part, from)
      return { start: at, end: at + part.length }
    }
    const found = statement.exec(text)?.groups
    const kind = predicates[found?.['verb'] ?? '']
    if (found === undefined || kind === undefined || (found['subject'] === 'I' && passage.speaker === undefined)) {
      for (const match of text.matchAll(anyName)) {
        if (!notNames.has(match[0]))
          place({ name: match[0], type: 'other' }, { start: start + match.index, end: start + match.index + match[0].length })
      }
      continue
    }
    const { subject = '', who, alias, verb = '', object = '', when, year } = found
    const bySubject =
      subject === 'I'
        ? speaker(spanOf('I'))
        : subject === 'My sister'
          ? place({ name: 'sister', type: 'person', of: speaker(undefined) }, spanOf('sister'))
          : place({ name: subject, type: 'person', ...(who === undefined ? {} : { discriminator: who }) }, spanOf(subject))
    if (alias !== undefined)
      same.push({ a: bySubject, b: place({ name: alias, type: 'person' }, spanOf(alias, subject.length)), confidence: 0.9 })
    const type = kind.predicate === 'works_at' ? 'organisation' : kind.predicate === 'lives_in' ? 'place' : 'other'
    const byObject = place({ name: object, type }, spanOf(object, text.indexOf(verb)))
    facts.push({
      subject: bySubject,
      predicate: kind.predicate,
      object: { name: byObject },
      span,
      valid: validTime(when, Number(year)),
      negated: kind.negated,
      exclusive: kind.exclusive,
      confidence: 0.8,
    })
  }
  return { names, facts, same }
}

function validTime(when: string | undefined, year: number): ValidTime {
  const [from, until] = [Date.UTC(year, 0), Date.UTC(year + 1, 0)]
  if (when === 'since') return { from, fromPrecision: 'year' }
  // "until 2021" is through 2021.
  if (when === 'until') return { until, untilPrecision: 'year' }
  return when === 'in' ? { from, fromPrecision: 'year', until, untilPrecision: 'year' } : {}
}

function answerByFacts(question: Question, evidence: Evidence): ReasonedAnswer | undefined {
  const predicate = /\bwork/.test(question.text) ? 'works_at' : /\blive/.test(question.text) ? 'lives_in' : 'likes'
  const named = new Set(evidence.named.map(({ entityId }) => entityId))
  const fits = (fact: EvidenceFact) => fact.predicate === predicate && !fact.negated && fact.holds && named.has(fact.subject.entityId)
  const fact = evidence.facts.find(fits)
  if (fact === undefined) return undefined
  const text = 'value' in fact.object ? fact.object.value : fact.object.name
  const others = evidence.passages.filter((passage) => passage.chunkId !== fact.chunkId && passage.text.includes(text))
  return {
    text,
    citations: [{ chunkId: fact.chunkId, span: fact.span, factId: fact.factId }, ...others.map(({ chunkId }) => ({ chunkId }))],
    support: fact.confidence,
  }
}
