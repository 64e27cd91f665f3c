import { nameKey } from '../analysis/name-key.ts'
import type { LoadedMention } from '../index-segments/loaded-mentions.ts'
import { isContradiction } from '../ingest/contradiction.ts'
import { namelessSpeaker, selfSense, senseOfName } from '../ingest/senses.ts'
import { type EntityType, entityTypes, type Self, type Sense } from '../spec/index.ts'
import type { Belief } from './belief.ts'
import type { EntityView } from './views.ts'

/** The entities of a memory as it is believed: made one by one as they are asked for, each from its own senses, mentions and decisions alone. */
export class Entities {
  readonly #belief: Belief
  readonly #self: Self
  /** The senses of the names that the user goes by now, whether or not a decision says so yet. */
  readonly #selfNames: ReadonlySet<string>
  readonly #ofSense = new Map<string, EntityView>()
  readonly #senses = new Map<string, readonly Sense[]>()

  constructor(belief: Belief, self: Self) {
    this.#belief = belief
    this.#self = self
    const names = [self.name, ...self.aliases].flatMap((name) => (name === undefined ? [] : (senseOfName(name, '')?.id ?? [])))
    this.#selfNames = new Set(names)
  }

  /** The user; `undefined` in a memory that does not know of the user. */
  self(): EntityView | undefined {
    const senseId = [selfSense.id, ...this.#selfNames].find((id) => this.#belief.index.senses.has(id))
    const self = senseId === undefined ? undefined : this.of(senseId)
    return self !== undefined && this.isSpokenOf(self) ? self : undefined
  }

  /** Whether somebody of this name speaks in the memory. */
  speaks(key: string): boolean {
    return this.#belief.index.chunksOfSpeaker.get(key)?.some((chunk) => this.#belief.chunk(chunk)) === true
  }

  /** The entity that a sense is part of. */
  of(senseId: string): EntityView | undefined {
    const known = this.#ofSense.get(senseId)
    if (known !== undefined) return known
    const sense = this.#belief.index.senses.get(senseId)
    return sense === undefined ? undefined : this.#make(sense)
  }

  /** The senses of an entity, in the order of their ids. */
  senses(entityId: string): readonly Sense[] {
    this.of(entityId)
    return this.#senses.get(entityId) ?? []
  }

  /** The entities that bear a name, by its key. Those that nothing believed speaks of are not among them. */
  named(key: string): readonly EntityView[] {
    const found = new Map<string, EntityView>()
    for (const sense of this.#belief.index.sensesOfKey.get(key)) {
      const entity = this.of(sense.id)
      if (entity !== undefined && this.isSpokenOf(entity)) found.set(entity.id, entity)
    }
    return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  /** Whether anything that is believed mentions the entity, or states a fact of it, or says how the user is called. */
  isSpokenOf(entity: EntityView): boolean {
    if (entity.mentions > 0 || (entity.isSelf && entity.decisionIds.length > 0)) return true
    const { index } = this.#belief
    return this.senses(entity.id).some(({ id }) =>
      index.facts
        .ofSense(id)
        .some((fact) => fact.assertions.some((assertion) => this.#belief.assertion(assertion) && !isContradiction(assertion))),
    )
  }

  #make(start: Sense): EntityView {
    const { senses, decisionIds } = this.#component(start)
    const mentions = this.#believedMentions(senses)
    const isSelf = senses.some(({ id }) => id === selfSense.id || this.#selfNames.has(id))
    const names = isSelf ? withFirst(this.#self.name, this.#names(mentions, senses)) : this.#names(mentions, senses)
    const owner = this.#ownerOf(senses)
    const id = senses[0]?.id ?? start.id
    const entity: EntityView = {
      id,
      name: names[0] ?? '',
      aliases: names.slice(1),
      type: isSelf ? 'person' : mostOf(mentions),
      isSelf,
      ...(owner === undefined ? {} : { of: owner }),
      mentions: mentions.length,
      decisionIds,
    }
    this.#senses.set(id, senses)
    for (const sense of senses) this.#ofSense.set(sense.id, entity)
    return entity
  }

  /** Whose somebody is who is known only by what they are to another. */
  #ownerOf(senses: readonly Sense[]): string | undefined {
    const { index } = this.#belief
    const owner = senses.map(({ discriminator }) => index.senses.get(discriminator)).find((sense) => sense !== undefined)
    if (owner === undefined) return undefined
    if (owner.id === selfSense.id) return this.#self.name ?? 'the user'
    return this.#names(this.#believedMentions([owner]), [owner])[0] ?? owner.key
  }

  #names(mentions: readonly LoadedMention[], senses: readonly Sense[]): readonly string[] {
    return namesOf(
      mentions,
      senses.flatMap((sense) => this.#unwritten(sense) ?? []),
    )
  }

  /** How a sense is called where no mention writes its name: as the one who speaks, else by its key. */
  #unwritten({ id, key, discriminator }: Sense): string | undefined {
    if (id === namelessSpeaker.id) return 'the assistant'
    if (id === selfSense.id) return undefined
    const { chunks, chunksOfSpeaker } = this.#belief.index
    const spoken = discriminator === '' ? (chunksOfSpeaker.get(key) ?? []) : []
    const names = spoken.flatMap((number) => (this.#belief.chunk(number) ? (chunks[number]?.episode.speaker ?? []) : []))
    return mostFrequent(names)[0] ?? key
  }

  #believedMentions(senses: readonly Sense[]): readonly LoadedMention[] {
    return senses.flatMap(({ id }) => this.#belief.index.mentionsOf.get(id).filter(({ chunk }) => this.#belief.chunk(chunk)))
  }

  /**
   * Follows the believed decisions from one sense. A `different` between two senses keeps them apart when its confidence is at least that of the
   * `same` that would join them directly.
   */
  #component(start: Sense): { readonly senses: readonly Sense[]; readonly decisionIds: readonly string[] } {
    const { index } = this.#belief
    const senses = new Map([[start.id, start]])
    const decisionIds = new Set<string>()
    const add = (id: string) => {
      const sense = index.senses.get(id)
      if (sense !== undefined) senses.set(id, sense)
    }
    for (const sense of senses.values()) {
      if (sense.id === selfSense.id || this.#selfNames.has(sense.id)) for (const id of [selfSense.id, ...this.#selfNames]) add(id)
      const believed = index.decisionsOf.get(sense.id).filter((decision) => this.#belief.decision(decision))
      for (const decision of believed) {
        const otherId = decision.senses[0] === sense.id ? decision.senses[1] : decision.senses[0]
        const apart = believed.some(
          ({ verdict, senses: pair, confidence }) => verdict === 'different' && pair.includes(otherId) && confidence >= decision.confidence,
        )
        if (decision.verdict !== 'same' || apart || !index.senses.has(otherId)) continue
        decisionIds.add(decision.id)
        add(otherId)
      }
    }
    return { senses: [...senses.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), decisionIds: [...decisionIds].sort() }
  }
}

const pronouns = new Set([
  'i',
  'me',
  'my',
  'mine',
  'myself',
  'we',
  'us',
  'our',
  'ours',
  'he',
  'him',
  'his',
  'she',
  'her',
  'hers',
  'it',
  'its',
  'they',
  'them',
  'their',
])

/** The forms in which an entity is written, the most frequent first; pronouns are none. Then the names that nobody writes. */
function namesOf(mentions: readonly LoadedMention[], unwritten: readonly string[]): readonly string[] {
  const written = mostFrequent(mentions.map(({ name }) => name).filter((name) => !pronouns.has(name.toLowerCase())))
  const seen = new Set(written.map(nameKey))
  return [...written, ...new Set(unwritten.filter((name) => !seen.has(nameKey(name))))]
}

/** Each name once, the most frequent first, then the longest. */
function mostFrequent(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].sort(([a, m], [b, n]) => n - m || b.length - a.length || (a < b ? -1 : 1)).map(([name]) => name)
}

function mostOf(mentions: readonly LoadedMention[]): EntityType {
  const counts = new Array<number>(entityTypes.length).fill(0)
  for (const { type } of mentions) counts[type] = (counts[type] ?? 0) + 1
  const other = entityTypes.indexOf('other')
  let best = other
  // What a sentence could not tell does not outvote what another told.
  for (let type = 0; type < counts.length; type += 1)
    if (type !== other && (counts[type] ?? 0) > (best === other ? 0 : (counts[best] ?? 0))) best = type
  return entityTypes[best] ?? 'other'
}

function withFirst(first: string | undefined, names: readonly string[]): readonly string[] {
  return first === undefined ? names : [first, ...names.filter((name) => name.toLowerCase() !== first.toLowerCase())]
}
