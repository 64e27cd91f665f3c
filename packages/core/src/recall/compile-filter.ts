import { z } from 'zod'
import { checkInput } from '../check-input.ts'
import type { LoadedChunk } from '../index-segments/recall-index.ts'
import { isoInstant } from '../iso-instant.ts'
import type { Filter } from './recall-result.ts'

const text = z.string().min(1).max(2_000)
const oneOrMore = z.union([text, z.array(text).max(1_000)])
const time = z.union([z.date(), z.string()])
const filter = z.strictObject({
  tags: z.array(text).max(100).optional(),
  source: oneOrMore.optional(),
  session: oneOrMore.optional(),
  speaker: oneOrMore.optional(),
  kind: z.enum(['text', 'turn', 'document']).optional(),
  after: time.optional(),
  before: time.optional(),
  minImportance: z.number().min(0).max(10).optional(),
  metadata: z.record(text, z.union([z.string(), z.number(), z.boolean()])).optional(),
})

/** Turns a filter into a test of passages: all its conditions have to hold, so it can only narrow. @throws GraphMemError `INPUT_INVALID` */
export function compileFilter(where: Filter | undefined): (chunk: LoadedChunk) => boolean {
  if (where === undefined) return () => true
  const checked = checkInput(filter, where, 'filter', 'where')
  const [sources, sessions, speakers] = [checked.source, checked.session, checked.speaker].map((value) =>
    value === undefined ? undefined : new Set(typeof value === 'string' ? [value] : value),
  )
  const after = checked.after === undefined ? Number.NEGATIVE_INFINITY : isoInstant(checked.after, 'where.after')
  const before = checked.before === undefined ? Number.POSITIVE_INFINITY : isoInstant(checked.before, 'where.before')
  const isTimed = checked.after !== undefined || checked.before !== undefined
  const metadata = Object.entries(checked.metadata ?? {})
  return ({ episode }) =>
    (checked.tags ?? []).every((tag) => episode.tags.includes(tag)) &&
    isIn(sources, episode.source) &&
    isIn(sessions, episode.session) &&
    isIn(speakers, episode.speaker) &&
    (checked.kind === undefined || episode.kind === checked.kind) &&
    (!isTimed || (episode.at !== undefined && episode.at >= after && episode.at < before)) &&
    (checked.minImportance === undefined || (episode.importance ?? 5) >= checked.minImportance) &&
    metadata.every(([key, value]) => Object.hasOwn(episode.metadata, key) && episode.metadata[key] === value)
}

function isIn(allowed: ReadonlySet<string> | undefined, value: string | undefined): boolean {
  return allowed === undefined || (value !== undefined && allowed.has(value))
}
