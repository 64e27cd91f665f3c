import { nameKey } from '../analysis/name-key.ts'
import { contentId } from '../ids.ts'
import type {
  Analyzer,
  Assertion,
  Chunk,
  Decision,
  Episode,
  ExtractedFact,
  Extraction,
  Fact,
  FactObject,
  Instant,
  Mention,
  ModelOptions,
  Passage,
  Reasoner,
  Self,
  Sense,
  TextSpan,
} from '../spec/index.ts'
import { checkExtraction } from './check-extraction.ts'
import { contradictionOf } from './contradiction.ts'
import type { Around } from './known-around.ts'
import { passageOf } from './passage-of.ts'
import { leastConfidence, resolvedOf } from './resolved.ts'
import { sameDecision } from './same-decision.ts'
import { namelessSpeaker, selfSense, senseOfName } from './senses.ts'

/** One chunk as it was read: all the records that rest on it. */
export interface ReadChunk {
  readonly episode: Episode
  readonly chunk: Chunk
  readonly senses: readonly Sense[]
  readonly facts: readonly Fact[]
  readonly assertions: readonly Assertion[]
  readonly decisions: readonly Decision[]
  /** What its decisions and assertions refer to that the memory had when it was read. What is gone when they are written takes them with it. */
  readonly known: KnownRecords
}

interface KnownRecords {
  readonly senses: readonly Sense[]
  readonly factIds: readonly string[]
}

export interface ChunkPlan {
  readonly id: string
  readonly episode: Episode
  readonly index: number
  readonly span: TextSpan
}

/**
 * Has a chunk read and makes records of what was found. They depend on the chunk, its episode's time, title and speaker, and how the user is
 * called, and on nothing that was read before: so a memory is the same whatever the order it was fed in. Unless the reasoner reads what is known
 * `around` it.
 *
 * @throws GraphMemError `ADAPTER_INVALID` when the extraction does not fit the passage, and what the reasoner throws.
 */
export async function readChunk(
  plan: ChunkPlan,
  tools: {
    readonly reasoner: Reasoner
    readonly analyzer: Analyzer
    readonly self: Self
    readonly recordedAt: Instant
    readonly around: Around | undefined
  },
  options: ModelOptions,
): Promise<ReadChunk> {
  const { episode } = plan
  const { around } = tools
  const passage: Passage = { ...passageOf(plan, tools.self), ...(around === undefined ? {} : { known: around.known }) }
  const { text } = passage
  const extraction = checkExtraction(await tools.reasoner.extract(passage, options), text.length, around?.known)
  const senses = sensesOf(extraction, passage)
  const facts = new Map<string, Fact>()
  const assertions = new Map<string, Assertion>()
  for (const extracted of extraction.facts) {
    const fact = factOf(extracted, senses)
    if (fact === undefined) continue
    const assertion = assertionOf(extracted, fact, plan.id)
    facts.set(fact.id, fact)
    assertions.set(assertion.id, assertion)
  }
  const contradictions = around === undefined ? [] : contradictionsOf(extraction, facts, around, plan.id)
  for (const assertion of contradictions) assertions.set(assertion.id, assertion)
  const aliases = aliasesOf(extraction, senses, plan.id, tools.recordedAt)
  const resolved = around === undefined ? [] : resolvedOf(extraction, senses, around, plan.id, tools.recordedAt)
  return {
    episode,
    chunk: {
      id: plan.id,
      episodeId: episode.id,
      index: plan.index,
      span: plan.span,
      text,
      sentences: tools.analyzer.sentences(text),
      mentions: mentionsOf(extraction, senses),
      recordedAt: tools.recordedAt,
    },
    senses: [...new Map(senses.flatMap((sense) => (sense === undefined ? [] : [[sense.id, sense]]))).values()],
    facts: [...facts.values()],
    assertions: [...assertions.values()],
    decisions: [...new Map([...aliases, ...resolved].map((decision) => [decision.id, decision])).values()],
    known: { senses: resolvedSenses(resolved, around), factIds: contradictions.map(({ factId }) => factId) },
  }
}

function sensesOf(extraction: Extraction, passage: Passage): readonly (Sense | undefined)[] {
  const senses: (Sense | undefined)[] = []
  for (const { name, of, discriminator } of extraction.names) {
    // An owner is named before what is theirs, or does not count.
    const owner = of === undefined ? undefined : senses[of]
    if (typeof name === 'string') senses.push(senseOfName(name, owner?.id ?? nameKey(discriminator ?? '')))
    else senses.push(speakerSense(name.role, passage))
  }
  return senses
}

function speakerSense(role: 'self' | 'speaker', passage: Passage): Sense | undefined {
  if (role === 'self') return selfSense
  if (passage.speaker === undefined || passage.speaker === 'self') return undefined
  return passage.speaker.name === '' ? namelessSpeaker : senseOfName(passage.speaker.name, '')
}

function mentionsOf(extraction: Extraction, senses: readonly (Sense | undefined)[]): readonly Mention[] {
  return extraction.names
    .flatMap(({ mentions, type }, index) => {
      const senseId = senses[index]?.id
      return senseId === undefined ? [] : mentions.map((span): Mention => ({ senseId, span, type }))
    })
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || (a.senseId < b.senseId ? -1 : 1))
}

function factOf(extracted: ExtractedFact, senses: readonly (Sense | undefined)[]): Fact | undefined {
  const subjectId = senses[extracted.subject]?.id
  const object = objectOf(extracted, senses)
  if (subjectId === undefined || object === undefined) return undefined
  const { predicate, exclusive, valid } = extracted
  const id = contentId('fact', subjectId, predicate, JSON.stringify(object), valid.from ?? '')
  return { id, subjectId, predicate, object, exclusive, ...(valid.from === undefined ? {} : { from: valid.from }) }
}

function objectOf({ object }: ExtractedFact, senses: readonly (Sense | undefined)[]): FactObject | undefined {
  if ('value' in object) return object.value.trim() === '' ? undefined : { value: object.value.trim(), valueType: object.valueType }
  const sense = senses[object.name]
  return sense === undefined ? undefined : { senseId: sense.id }
}

function assertionOf(extracted: ExtractedFact, fact: Fact, chunkId: string): Assertion {
  const { span, valid, negated, confidence } = extracted
  const id = contentId('assertion', fact.id, chunkId, span.start, span.end, valid.until ?? '', negated ? 1 : 0)
  return { id, factId: fact.id, chunkId, span, valid, negated, confidence }
}

function resolvedSenses(resolved: readonly Decision[], around: Around | undefined): readonly Sense[] {
  const ids = new Set(resolved.flatMap(({ senses }) => senses))
  return around?.entities.flatMap(({ senses }) => senses.filter(({ id }) => ids.has(id))) ?? []
}

/** What ends known facts. One that the passage states itself is not contradicted by it. */
function contradictionsOf(
  { contradicted = [] }: Extraction,
  stated: ReadonlyMap<string, Fact>,
  { facts }: Around,
  chunkId: string,
): readonly Assertion[] {
  return contradicted.flatMap(({ fact: place, ...said }) => {
    const fact = facts[place]
    if (fact === undefined || stated.has(fact.id) || said.confidence < leastConfidence) return []
    return [contradictionOf(fact.id, chunkId, said)]
  })
}

function aliasesOf(
  extraction: Extraction,
  senses: readonly (Sense | undefined)[],
  chunkId: string,
  recordedAt: Instant,
): readonly Decision[] {
  const decisions = new Map<string, Decision>()
  for (const { a, b, confidence } of extraction.same) {
    const [first, second] = [senses[a]?.id, senses[b]?.id]
    if (first === undefined || second === undefined || first === second) continue
    const decision = sameDecision(first, second, 'alias', confidence, recordedAt, chunkId)
    decisions.set(decision.id, decision)
  }
  return [...decisions.values()]
}
