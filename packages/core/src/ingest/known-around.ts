import { nameKey } from '../analysis/name-key.ts'
import { currentIndex } from '../current-index.ts'
import type { LoadedFact } from '../index-segments/loaded-facts.ts'
import type { MemoryContext } from '../memory-context.ts'
import type { Analyzer, Fact, Instant, Known, ModelOptions, Sense, Word } from '../spec/index.ts'
import { type MemoryView, memoryView } from '../view/memory-view.ts'
import { namedEntities } from '../view/named-entities.ts'
import type { EntityView, FactView } from '../view/views.ts'
import type { ChunkPlan } from './read-chunk.ts'

/** What a memory knows near a passage: as the reasoner is told of it, and in the same places what it stands for. */
export interface Around {
  readonly known: Known
  readonly entities: readonly KnownEntity[]
  readonly facts: readonly Fact[]
}

export interface KnownEntity {
  readonly view: EntityView
  /** At least one: that of its name first, if there is one. */
  readonly senses: readonly Sense[]
  /** The senses that the user, or a decision, told apart from it. */
  readonly apart: ReadonlySet<string>
}

const maxEntities = 20
const maxFacts = 40
/** The facts looked at more closely to find these. */
const maxFactsViewed = 200
/** A word that more names have than this tells nothing. */
const mostBearers = 100

/**
 * What the memory knows near each of these passages, by the ids of their chunks: the user, entities that they name, and others whose names have a
 * word of theirs, the most mentioned first; and facts of these that hold at the passage's time. Nothing for a reasoner that does not read it. Reads the
 * store once, whatever the batch.
 */
export async function knownAround(
  context: MemoryContext,
  plans: readonly ChunkPlan[],
  options: ModelOptions,
): Promise<ReadonlyMap<string, Around>> {
  if (context.reasoner.readsKnown !== true || plans.length === 0) return new Map()
  const { index } = await currentIndex(context, options)
  // All at once, so that all of a batch see one version.
  const view = memoryView(index, context.self, undefined)
  const factsOf = factsOfEntities(view, context.analyzer)
  return new Map(plans.map((plan) => [plan.id, aroundOf(plan, view, factsOf, context)]))
}

function aroundOf(
  { episode, span }: ChunkPlan,
  view: MemoryView,
  factsOf: (entity: KnownEntity) => readonly RatedFact[],
  { analyzer, now }: MemoryContext,
): Around {
  const words = analyzer.words(`${episode.title ?? ''}\n${episode.text.slice(span.start, span.end)}`)
  const entities = entitiesNear(words, view, analyzer)
  const facts = factsNear(entities, factsOf, stemsOf(words, analyzer), episode.at ?? now(), view)
  const placeOf = new Map(entities.map(({ view: { id } }, place) => [id, place]))
  return {
    known: {
      entities: entities.map(({ view: entity }) => ({
        name: nameOf(entity),
        aliases: entity.aliases,
        type: entity.type,
        facts: [],
      })),
      facts: facts.map(({ view: fact }) => ({
        subject: placeOf.get(fact.subject.entityId) ?? 0,
        predicate: fact.predicate,
        object: 'value' in fact.object ? fact.object.value : nameOf(fact.object),
        valid: {
          ...(fact.validFrom === undefined ? {} : { from: fact.validFrom.date.getTime(), fromPrecision: fact.validFrom.precision }),
          ...(fact.validUntil === undefined ? {} : { until: fact.validUntil.date.getTime(), untilPrecision: fact.validUntil.precision }),
        },
      })),
    },
    entities,
    facts: facts.map(({ fact }) => fact),
  }
}

/** A user who has no name is called by what they are. */
function nameOf({ name }: { readonly name: string }): string {
  return name === '' ? 'the user' : name
}

function entitiesNear(words: readonly Word[], view: MemoryView, analyzer: Analyzer): readonly KnownEntity[] {
  const self = view.entities.self()
  const found = new Map<string, EntityView>()
  const add = (entities: readonly EntityView[]) => {
    for (const entity of [...entities].sort(byMentions)) {
      const isName = entity.type !== 'date' && entity.type !== 'quantity'
      if (found.size < maxEntities && isName && view.entities.isSpokenOf(entity)) found.set(entity.id, entity)
    }
  }
  add(self === undefined ? [] : [self])
  add(namedEntities(words, view, analyzer))
  add(sharingAWord(words, view, analyzer))
  return [...found.values()].map((entity) => knownEntity(entity, view))
}

function byMentions(a: EntityView, b: EntityView): number {
  return b.mentions - a.mentions || (a.id < b.id ? -1 : 1)
}

/** "Linh Chen", where a passage has "Dr. Chen". */
function sharingAWord(words: readonly Word[], { index, entities }: MemoryView, analyzer: Analyzer): readonly EntityView[] {
  const capitalised = words.filter(({ word, capitalised: isCapitalised }) => isCapitalised && !analyzer.isStopWord(word))
  return [...new Set(capitalised.map(({ word }) => word))].flatMap((word) => {
    const bearers = index.senses.ofWord(nameKey(word))
    return bearers.length > mostBearers ? [] : bearers.flatMap(({ id }) => entities.of(id) ?? [])
  })
}

function knownEntity(view: EntityView, { index, belief, entities }: MemoryView): KnownEntity {
  const key = nameKey(view.name)
  const senses = entities.senses(view.id)
  const apart = senses.flatMap(({ id }) =>
    index.decisionsOf
      .get(id)
      .filter((decision) => (decision.verdict === 'different' ? belief.decision(decision) : belief.isRetracted(decision)))
      .flatMap((decision) => decision.senses.filter((other) => other !== id)),
  )
  return {
    view,
    senses: [...senses.filter((sense) => sense.key === key), ...senses.filter((sense) => sense.key !== key)],
    apart: new Set(apart),
  }
}

/** A fact with what it is chosen by. */
interface RatedFact {
  readonly fact: LoadedFact
  /** The stems of its predicate, and of its value. */
  readonly predicate: ReadonlySet<string>
  readonly value: ReadonlySet<string>
  /** When it was recorded last. */
  readonly told: Instant
}

/** The facts told of an entity, made once for all passages of a batch: the user may have thousands. */
function factsOfEntities({ index }: MemoryView, analyzer: Analyzer): (entity: KnownEntity) => readonly RatedFact[] {
  const made = new Map<string, readonly RatedFact[]>()
  const rated = (fact: LoadedFact): RatedFact => ({
    fact,
    predicate: stemsOf(analyzer.words(fact.predicate.replaceAll('_', ' ')), analyzer),
    value: stemsOf('value' in fact.object ? analyzer.words(fact.object.value) : [], analyzer),
    told: Math.max(...fact.assertions.map((assertion) => index.chunks[index.chunkOf(assertion)]?.recordedAt ?? 0)),
  })
  return ({ view, senses }) => {
    const facts =
      made.get(view.id) ??
      senses.flatMap(({ id }) =>
        index.facts
          .ofSense(id)
          .filter(({ subjectId }) => subjectId === id)
          .map(rated),
      )
    made.set(view.id, facts)
    return facts
  }
}

/** Facts of these entities that hold: those that join two of them or share words first, what one has one of at a time, then the latest. */
function factsNear(
  near: readonly KnownEntity[],
  factsOf: (entity: KnownEntity) => readonly RatedFact[],
  stems: ReadonlySet<string>,
  asOf: Instant,
  { facts }: MemoryView,
): readonly { readonly fact: Fact; readonly view: FactView }[] {
  const senses = new Set(near.flatMap((entity) => entity.senses.map(({ id }) => id)))
  const score = ({ fact: { object, exclusive }, predicate, value }: RatedFact) =>
    (('senseId' in object ? senses.has(object.senseId) : shares(value, stems)) ? 4 : 0) +
    (exclusive ? 2 : 0) +
    (shares(predicate, stems) ? 1 : 0)
  return near
    .flatMap(factsOf)
    .map((rated) => ({ rated, score: score(rated) }))
    .sort((a, b) => b.score - a.score || b.rated.told - a.rated.told || (a.rated.fact.id < b.rated.fact.id ? -1 : 1))
    .slice(0, maxFactsViewed)
    .flatMap(({ rated: { fact } }) => {
      const view = facts.at(fact.id, asOf)
      return view?.holds === true && !view.negated ? [{ fact, view }] : []
    })
    .slice(0, maxFacts)
}

function shares(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return [...some].some((each) => others.has(each))
}

function stemsOf(words: readonly Word[], analyzer: Analyzer): ReadonlySet<string> {
  return new Set(words.flatMap(({ word }) => (analyzer.isStopWord(word) ? [] : [analyzer.stem(word)])))
}
