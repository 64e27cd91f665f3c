import { fold } from '../analysis/fold.ts'
import { nameKey } from '../analysis/name-key.ts'
import type { ExtractedName, Extraction, Passage, TextSpan } from '../spec/index.ts'
import { findMentions } from './find-mentions.ts'
import type { ReadEntity } from './prompts/extract.ts'

/** The names of a passage, as an extraction lists them, and how its facts refer to them. */
export interface ReadNames {
  readonly names: readonly ExtractedName[]
  readonly same: Extraction['same']
  /** The place of what a model calls so. "I" is the one who speaks, listed when first asked for. */
  placeOf(reference: string): number | undefined
}

type Listed = { -readonly [K in keyof ExtractedName]: ExtractedName[K] }

const firstPerson = ['I', 'me', 'my', 'mine', 'myself']
const firstPersonIn = /(?<![\p{L}\p{M}\p{N}])(?:[Ii]|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself)(?![\p{L}\p{M}\p{N}])/gu
const pronouns = new Set(
  'you your yours yourself he him his himself she her hers herself it its itself we us our ours they them their theirs who this that these those'.split(
    ' ',
  ),
)
const longestName = 200
const aliasConfidence = 0.9

/**
 * Finds the names that a model read in the text: it gives no places, and what it gives is not believed. A name is one that the passage or its title has as
 * whole words, and a longer one takes its words first, so that "Chen" of "Linh Chen" is no name of its own there.
 */
export function readNames(entities: readonly ReadEntity[], passage: Passage): ReadNames {
  const names: Listed[] = []
  const same: Extraction['same'][number][] = []
  const places = new Map<string, number>()
  const isSpeaker = speakerNames(passage)
  const mentions = mentionsOf(passage, entities.flatMap(formsOf))
  const isThere = (form: string) => mentions.has(form) || findMentions(passage.title ?? '', form).length > 0

  const speaker = (): number | undefined => {
    if (passage.speaker === undefined) return undefined
    const known = names.findIndex(({ name }) => typeof name !== 'string')
    if (known >= 0) return known
    return (
      names.push({ name: { role: passage.speaker === 'self' ? 'self' : 'speaker' }, type: 'person', mentions: spansOfSpeaker(passage) }) - 1
    )
  }
  const list = (form: string, { type, distinction }: ReadEntity, of?: number): number => {
    const discriminator = distinctionIn(passage, distinction)
    const key = keyOf(form, discriminator, of)
    const known = places.get(key)
    if (known !== undefined) return known
    const place =
      names.push({
        name: form,
        type,
        ...(of === undefined ? {} : { of }),
        ...(discriminator === undefined || of !== undefined ? {} : { discriminator }),
        mentions: mentions.get(form) ?? [],
      }) - 1
    places.set(key, place)
    for (const reference of [form, ...(distinction === null ? [] : [`${form} (${distinction})`])]) refer(reference, place)
    return place
  }
  const references = new Map<string, number>()
  const refer = (reference: string, place: number) => {
    if (!references.has(nameKey(reference))) references.set(nameKey(reference), place)
  }
  const placeOf = (reference: string): number | undefined =>
    (isSpeaker(reference) ? speaker() : undefined) ?? references.get(nameKey(reference))

  const add = (entity: ReadEntity, of?: number): void => {
    const forms = formsOf(entity)
    const [first, ...others] = forms.filter((form) => !isSpeaker(form) && isThere(form))
    const isWhoSpeaks = of === undefined && forms.some(isSpeaker)
    const place = isWhoSpeaks ? speaker() : first === undefined ? undefined : list(first, entity, of)
    if (place === undefined) return
    for (const form of forms) if (!isSpeaker(form)) refer(form, place)
    for (const form of isWhoSpeaks && first !== undefined ? [first, ...others] : others) {
      const alias = list(form, entity)
      if (alias !== place) same.push({ a: place, b: alias, confidence: aliasConfidence })
    }
  }
  for (const entity of entities) if (entity.of === null) add(entity)
  // An owner is listed before what is theirs; of those that wait for each other none is.
  let waiting = entities.filter(({ of }) => of !== null)
  for (let before = -1; waiting.length !== before; ) {
    before = waiting.length
    waiting = waiting.filter((entity) => {
      const owner = placeOf(entity.of ?? '')
      if (owner !== undefined) add(entity, owner)
      return owner === undefined
    })
  }
  return { names, same, placeOf }
}

function formsOf({ name, aliases }: ReadEntity): readonly string[] {
  return [...new Set([name, ...aliases].map((form) => form.trim()))].filter(
    (form) => form !== '' && form.length <= longestName && !pronouns.has(form.toLowerCase()),
  )
}

/** Whether a name is of whoever speaks: "I", and how they are called. */
function speakerNames(passage: Passage): (name: string) => boolean {
  if (passage.speaker === undefined) return () => false
  const what = passage.speaker === 'self' ? 'user' : 'speaker'
  const folded = new Set([...firstPerson, what, `the ${what}`, ...ownNames(passage)].map(fold))
  return (name) => folded.has(fold(name.trim()))
}

function ownNames({ speaker, self }: Passage): readonly string[] {
  const names = speaker === 'self' ? [self.name ?? '', ...self.aliases] : [speaker?.name ?? '']
  return names.filter((name) => name.trim() !== '')
}

function spansOfSpeaker(passage: Passage): readonly TextSpan[] {
  const { text } = passage
  const pronouns = Array.from(text.matchAll(firstPersonIn), ({ index, 0: found }) => ({ start: index, end: index + found.length }))
  return [...pronouns, ...ownNames(passage).flatMap((name) => findMentions(text, name))].sort((a, b) => a.start - b.start || a.end - b.end)
}

/** Where each name is in the text. */
function mentionsOf({ text }: Passage, forms: readonly string[]): ReadonlyMap<string, readonly TextSpan[]> {
  const taken: TextSpan[] = []
  const found = new Map<string, readonly TextSpan[]>()
  for (const form of [...new Set(forms)].sort((a, b) => b.length - a.length)) {
    const spans = findMentions(text, form).filter(({ start, end }) => !taken.some((other) => start < other.end && other.start < end))
    if (spans.length === 0) continue
    found.set(form, spans)
    taken.push(...spans)
  }
  return found
}

/** What tells a bearer of a name from others has to stand in the text. */
function distinctionIn({ text }: Passage, distinction: string | null): string | undefined {
  const said = distinction?.trim() ?? ''
  return said !== '' && said.length <= longestName && findMentions(text, said).length > 0 ? said : undefined
}

function keyOf(form: string, discriminator: string | undefined, of: number | undefined): string {
  return JSON.stringify([nameKey(form), discriminator, of])
}
