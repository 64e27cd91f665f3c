import type { LoadedAssertion } from '../index-segments/loaded-facts.ts'
import { isContradiction } from '../ingest/contradiction.ts'
import type { Fact, Instant } from '../spec/index.ts'
import type { Belief } from './belief.ts'
import type { Entities } from './entities.ts'
import type { ApproximateDate, EntityReference, FactView, PassagePlace } from './views.ts'

/** What is believed of one fact, before it is looked at together with its rivals. */
interface Believed {
  readonly fact: Fact
  /** In the order in which they were made. */
  readonly assertions: readonly LoadedAssertion[]
  /** One for a fact that says since when it holds, whoever says so; else one for each time that it was said, since it may come, go and return. */
  readonly statements: readonly Statement[]
  /** That it holds no more, or never did: each with the moment since when. */
  readonly contradictions: readonly Statement[]
}

type Rivals = Pick<Believed, 'statements' | 'contradictions'>

/** That a fact holds, or does not, from a moment on. */
interface Statement {
  readonly fact: Fact
  readonly assertion: LoadedAssertion
  /** When it began: as said, or else when it was said to hold. `undefined` for what was over when it was said, and for what nobody knows when it was said. */
  readonly moment: Instant | undefined
}

/** When a statement ended, and what ended it, unless it was said with it. */
interface End {
  readonly moment: Instant
  readonly precision: ApproximateDate['precision'] | undefined
  readonly successor?: Statement
  readonly contradiction?: Statement
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
  readonly #rivals = new Map<string, Rivals>()

  constructor(belief: Belief, entities: Entities) {
    this.#belief = belief
    this.#entities = entities
  }

  /** The view of a fact at a moment of valid time; `undefined` for one that is unknown, retracted, or that nothing believed says. */
  at(factId: string, asOf: Instant): FactView | undefined {
    const believed = this.#get(factId)
    const statement = believed?.statements.findLast(({ moment }) => moment === undefined || moment <= asOf) ?? believed?.statements[0]
    if (believed === undefined || statement === undefined) return undefined
    const { fact } = believed
    const { negated, valid } = statement.assertion
    const subject = this.#reference(fact.subjectId)
    const object = 'senseId' in fact.object ? this.#reference(fact.object.senseId) : fact.object
    if (subject === undefined || object === undefined) return undefined
    const contradiction = this.#contradiction(statement)
    const isDenied = contradiction !== undefined && deniesAll(contradiction, fact)
    const end = this.#end(statement, isDenied ? undefined : contradiction)
    const until = end?.moment
    const begin = fact.from ?? (this.#tookAPlace(statement) ? statement.moment : undefined)
    const agreeing = believed.assertions.filter((assertion) => assertion.negated === negated)
    return {
      id: fact.id,
      subject,
      predicate: fact.predicate,
      object,
      negated,
      ...(fact.from === undefined ? {} : { validFrom: approximate(fact.from, valid.fromPrecision) }),
      ...(until === undefined ? {} : { validUntil: approximate(until, end?.precision) }),
      holds: !isDenied && (begin === undefined || begin <= asOf) && (until === undefined || asOf < until),
      ...(end?.successor === undefined || end.successor.fact.id === fact.id ? {} : { supersededBy: end.successor.fact.id }),
      ...(contradiction === undefined || !(isDenied || end?.contradiction === contradiction)
        ? {}
        : { contradictedBy: this.#place(contradiction.assertion) }),
      pinned: this.#belief.isPinned(fact),
      support: agreeing.map((assertion) => this.#place(assertion)),
      confidence: Math.max(...agreeing.map(({ confidence }) => confidence)),
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
    const believed = fact.assertions
      .filter((assertion) => this.#belief.assertion(assertion))
      .sort((a, b) => compareInstants(this.#saidAt(a), this.#saidAt(b)) || (a.id < b.id ? -1 : 1))
    const assertions = believed.filter((assertion) => !isContradiction(assertion))
    const latest = assertions.at(-1)
    if (latest === undefined) return undefined
    const telling = fact.from === undefined ? assertions : [latest]
    return {
      fact,
      assertions,
      statements: telling.map((assertion) => ({ fact, assertion, moment: fact.from ?? this.#heldWhenSaid(assertion) })),
      contradictions: believed
        .filter(isContradiction)
        .map((assertion) => ({ fact, assertion, moment: assertion.valid.from ?? this.#saidAt(assertion) })),
    }
  }

  /** What ends a statement first: as said, by what takes its place, or by what contradicts it. */
  #end(statement: Statement, contradiction: Statement | undefined): End | undefined {
    const { until, untilPrecision } = statement.assertion.valid
    const successor = this.#successor(statement)
    const ends: readonly End[] = [
      ...(until === undefined ? [] : [{ moment: until, precision: untilPrecision }]),
      ...(successor?.moment === undefined
        ? []
        : [{ moment: successor.moment, precision: successor.assertion.valid.fromPrecision, successor }]),
      ...(contradiction?.moment === undefined
        ? []
        : [{ moment: contradiction.moment, precision: contradiction.assertion.valid.fromPrecision, contradiction }]),
    ]
    return ends.reduce<End | undefined>((first, end) => (first === undefined || end.moment < first.moment ? end : first), undefined)
  }

  /** What was said against a statement since it was made: of several, the one with the earliest moment; one without a moment only where there is no other. */
  #contradiction({ fact, assertion }: Statement): Statement | undefined {
    if (assertion.negated || this.#belief.isPinned(fact)) return undefined
    const later = this.#rivalsOf(fact).contradictions.filter(
      (each) => this.#toldAt(each.assertion) >= this.#toldAt(assertion) && this.#sameObject(each.fact, fact),
    )
    return later.find(({ moment }) => moment !== undefined) ?? later[0]
  }

  /** When an assertion was made, unless what it says was over by then. */
  #heldWhenSaid(assertion: LoadedAssertion): Instant | undefined {
    const { until } = assertion.valid
    const saidAt = this.#saidAt(assertion)
    return until !== undefined && until <= (saidAt ?? Number.NEGATIVE_INFINITY) ? undefined : saidAt
  }

  /** What ended a statement without saying so: the first that began later and takes its place. */
  #successor(statement: Statement): Statement | undefined {
    const { fact, moment } = statement
    if (moment === undefined || this.#belief.isPinned(fact)) return undefined
    return this.#rivalsOf(fact).statements.find(
      (rival) => rival.moment !== undefined && rival.moment > moment && this.#replaces(rival, statement),
    )
  }

  /** Whether a statement ended an earlier one, and so did not hold before it. */
  #tookAPlace(statement: Statement): boolean {
    const { fact, moment } = statement
    if (moment === undefined) return false
    return this.#rivalsOf(fact).statements.some(
      (rival) => rival.moment !== undefined && rival.moment < moment && this.#replaces(statement, rival),
    )
  }

  /** Whether of two statements the later replaces the earlier: by saying the opposite of it, or what excludes it. */
  #replaces(later: Statement, earlier: Statement): boolean {
    if (this.#sameObject(later.fact, earlier.fact)) return later.assertion.negated !== earlier.assertion.negated
    return earlier.fact.exclusive && !later.assertion.negated && !earlier.assertion.negated
  }

  /** All that is believed of one subject under one predicate, and what is said against it, both in the order of moments. */
  #rivalsOf(fact: Fact): Rivals {
    const subject = this.#entities.of(fact.subjectId)
    const key = `${subject?.id ?? fact.subjectId} ${fact.predicate}`
    const known = this.#rivals.get(key)
    if (known !== undefined) return known
    const senseIds = subject === undefined ? [fact.subjectId] : this.#entities.senses(subject.id).map(({ id }) => id)
    const believed = senseIds
      .flatMap((id) => this.#belief.index.facts.ofSense(id).filter((other) => other.subjectId === id && other.predicate === fact.predicate))
      .flatMap((other) => this.#get(other.id) ?? [])
    const rivals = {
      statements: believed.flatMap(({ statements }) => statements).sort(compareMoments),
      contradictions: believed.flatMap(({ contradictions }) => contradictions).sort(compareMoments),
    }
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
  #saidAt(assertion: LoadedAssertion): Instant | undefined {
    const { index } = this.#belief
    const chunk = index.chunks[index.chunkOf(assertion)]
    if (chunk === undefined || chunk.episode.at !== undefined) return chunk?.episode.at
    return chunk.episode.kind === 'document' ? undefined : chunk.episode.recordedAt + (chunk.episode.sequence ?? 0)
  }

  /** The same, and for a document without a time when the memory came to know it. */
  #toldAt(assertion: LoadedAssertion): Instant {
    const { index } = this.#belief
    return this.#saidAt(assertion) ?? index.chunks[index.chunkOf(assertion)]?.episode.recordedAt ?? 0
  }

  #place(assertion: LoadedAssertion): PassagePlace {
    const { index } = this.#belief
    const { chunkId, span } = assertion
    return { episodeId: index.chunks[index.chunkOf(assertion)]?.episodeId ?? '', chunkId, start: span.start, end: span.end }
  }
}

/** Whether it is said of a fact that it holds at no time: not from its very beginning on, or not since nobody knows when. */
function deniesAll({ moment }: Statement, { from }: Fact): boolean {
  return moment === undefined || (from !== undefined && moment <= from)
}

function compareMoments(a: Statement, b: Statement): number {
  return compareInstants(a.moment, b.moment) || (a.assertion.id < b.assertion.id ? -1 : 1)
}

/** In the order of time; what has no time comes first. */
function compareInstants(a: Instant | undefined, b: Instant | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined)
  return a - b
}

function approximate(instant: Instant, precision: ApproximateDate['precision'] | undefined): ApproximateDate {
  return { date: new Date(instant), precision: precision ?? 'second' }
}
