import type { Assertion, Fact, Instant } from '../spec/index.ts'
import type { Belief } from './belief.ts'
import type { Entities } from './entities.ts'
import type { ApproximateDate, EntityReference, FactView } from './views.ts'

/** What is believed of one fact, before it is looked at together with its rivals. */
interface Believed {
  readonly fact: Fact
  readonly assertions: readonly Assertion[]
  /** The assertion that was made last. */
  readonly latest: Assertion
  readonly negated: boolean
  /** When it began: as said, or else when it was first said to hold. `undefined` for what was over when it was said, and did not say since when. */
  readonly start: Instant | undefined
  /** When it ended, as said. */
  readonly end: Instant | undefined
}

/**
 * Facts as they are believed. An end that nobody stated is derived here and never written: of facts that exclude each other (one subject, one
 * predicate that it has one of at a time, different objects) the one that begins later ends the earlier. So what was believed last week still
 * comes out as it was, and nothing has to be rewritten when a sentence arrives.
 */
export class Facts {
  readonly #belief: Belief
  readonly #entities: Entities
  readonly #believed = new Map<string, Believed | undefined>()
  readonly #rivals = new Map<string, readonly Believed[]>()

  constructor(belief: Belief, entities: Entities) {
    this.#belief = belief
    this.#entities = entities
  }

  /** The view of a fact at a moment of valid time; `undefined` for one that is unknown, retracted, or that nothing believed says. */
  at(factId: string, asOf: Instant): FactView | undefined {
    const believed = this.#get(factId)
    if (believed === undefined) return undefined
    const { fact, assertions, latest, negated } = believed
    const subject = this.#reference(fact.subjectId)
    const object = 'senseId' in fact.object ? this.#reference(fact.object.senseId) : fact.object
    if (subject === undefined || object === undefined) return undefined
    const successor = this.#successor(believed)
    const until = earliest(believed.end, successor?.start)
    return {
      id: fact.id,
      subject,
      predicate: fact.predicate,
      object,
      negated,
      ...(fact.from === undefined ? {} : { validFrom: approximate(fact.from, latest.valid.fromPrecision) }),
      ...(until === undefined ? {} : { validUntil: approximate(until, until === believed.end ? latest.valid.untilPrecision : undefined) }),
      holds: (fact.from === undefined || fact.from <= asOf) && (until === undefined || asOf < until),
      ...(successor === undefined || until !== successor.start ? {} : { supersededBy: successor.fact.id }),
      pinned: this.#belief.isPinned(fact),
      support: assertions.map(({ chunkId, span }) => ({ episodeId: this.#episodeId(chunkId), chunkId, start: span.start, end: span.end })),
      confidence: Math.max(...assertions.map(({ confidence }) => confidence)),
    }
  }

  #get(factId: string): Believed | undefined {
    if (!this.#believed.has(factId)) this.#believed.set(factId, this.#believe(factId))
    return this.#believed.get(factId)
  }

  #believe(factId: string): Believed | undefined {
    const { index } = this.#belief
    const fact = index.facts.get(factId)
    if (fact === undefined || !this.#belief.fact(fact)) return undefined
    const assertions = (index.assertionsOf.get(factId) ?? [])
      .filter((assertion) => this.#belief.assertion(assertion))
      .sort((a, b) => (this.#saidAt(a) ?? 0) - (this.#saidAt(b) ?? 0) || (a.id < b.id ? -1 : 1))
    const [first] = assertions
    const latest = assertions.at(-1)
    if (first === undefined || latest === undefined) return undefined
    const end = latest.valid.until
    const wasOver = end !== undefined && end <= (this.#saidAt(latest) ?? Number.NEGATIVE_INFINITY)
    return { fact, assertions, latest, negated: latest.negated, start: fact.from ?? (wasOver ? undefined : this.#saidAt(first)), end }
  }

  /** What ended this fact without saying so: the first that began later and denies it, or takes its place. */
  #successor(believed: Believed): Believed | undefined {
    const { fact, start, negated } = believed
    if (negated || start === undefined || this.#belief.isPinned(fact)) return undefined
    return this.#rivalsOf(fact).find(
      (rival) =>
        rival.start !== undefined &&
        rival.start > start &&
        this.#sameObject(rival.fact, fact) === rival.negated &&
        (rival.negated || fact.exclusive),
    )
  }

  /** All that is believed of one subject under one predicate, in the order of beginning. */
  #rivalsOf(fact: Fact): readonly Believed[] {
    const subject = this.#entities.of(fact.subjectId)
    const key = `${subject?.id ?? fact.subjectId} ${fact.predicate}`
    const known = this.#rivals.get(key)
    if (known !== undefined) return known
    const senseIds = subject === undefined ? [fact.subjectId] : this.#entities.senses(subject.id).map(({ id }) => id)
    const rivals = senseIds
      .flatMap((id) =>
        (this.#belief.index.factsOf.get(id) ?? []).filter((other) => other.subjectId === id && other.predicate === fact.predicate),
      )
      .flatMap((other) => this.#get(other.id) ?? [])
      .sort((a, b) => (a.start ?? Number.NEGATIVE_INFINITY) - (b.start ?? Number.NEGATIVE_INFINITY) || (a.fact.id < b.fact.id ? -1 : 1))
    this.#rivals.set(key, rivals)
    return rivals
  }

  #sameObject(a: Fact, b: Fact): boolean {
    if ('value' in a.object || 'value' in b.object) return JSON.stringify(a.object) === JSON.stringify(b.object)
    return this.#entities.of(a.object.senseId)?.id === this.#entities.of(b.object.senseId)?.id
  }

  #reference(senseId: string): EntityReference | undefined {
    const entity = this.#entities.of(senseId)
    return entity === undefined ? undefined : { entityId: entity.id, name: entity.name }
  }

  /**
   * When an assertion was made: the time of its episode. What was said without a time was said when it was recorded, turns of a session one after
   * another; a document without a time gives none.
   */
  #saidAt({ chunkId }: Assertion): Instant | undefined {
    const chunk = this.#belief.index.chunks[this.#belief.index.chunkNumbers.get(chunkId) ?? -1]
    if (chunk === undefined || chunk.episode.at !== undefined) return chunk?.episode.at
    return chunk.episode.kind === 'document' ? undefined : chunk.episode.recordedAt + (chunk.episode.sequence ?? 0)
  }

  #episodeId(chunkId: string): string {
    return this.#belief.index.chunks[this.#belief.index.chunkNumbers.get(chunkId) ?? -1]?.episodeId ?? ''
  }
}

function earliest(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return Math.min(a, b)
}

function approximate(instant: Instant, precision: ApproximateDate['precision'] | undefined): ApproximateDate {
  return { date: new Date(instant), precision: precision ?? 'second' }
}
