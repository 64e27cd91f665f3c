import { z } from 'zod'
import { fold } from '../analysis/fold.ts'
import { checkInput } from '../check-input.ts'
import { contentHash, contentId } from '../ids.ts'
import { isoInstant } from '../iso-instant.ts'
import { maxTextLength } from '../record-fields.ts'
import { type Episode, GraphMemError, type Instant, type Self } from '../spec/index.ts'
import type { DocumentInput, IngestInput, TextInput, TurnInput } from './ingest-input.ts'

/** An episode as the caller gave it, before it is cut into chunks and recorded. */
export type EpisodeDraft = Omit<Episode, 'chunkCount' | 'recordedAt' | 'retiredAt'>

const text = z
  .string()
  .max(maxTextLength, `is over ${maxTextLength} characters; cut it into several documents`)
  .refine((value) => value.trim() !== '', 'is empty')
  .refine((value) => !value.includes('\0') && value.isWellFormed(), 'is not text: it has a NUL character or half a surrogate pair')
const label = z
  .string()
  .min(1, 'is empty')
  .max(2_000, 'is over 2,000 characters')
  .refine((value) => !/\p{Cc}/u.test(value) && value.isWellFormed(), 'has a control character or half a surrogate pair')
const time = z.union([z.date(), z.string()], 'is not a Date or an ISO 8601 string')
const common = {
  id: label.optional(),
  at: time.optional(),
  source: label.optional(),
  tags: z.array(label).max(100).optional(),
  metadata: z.record(label, z.union([z.string().max(10_000), z.number(), z.boolean()])).optional(),
  importance: z.number().min(0).max(10).optional(),
}
const textInput: z.ZodType<TextInput> = z.strictObject({ ...common, text }) as z.ZodType<TextInput>
const turnInput = z.strictObject({
  ...common,
  role: z.enum(['user', 'assistant', 'system']).optional(),
  name: label.optional(),
  content: text,
  session: label.optional(),
  sequence: z.int().min(0).optional(),
}) as z.ZodType<TurnInput>
const turnsInput = z.strictObject({ turns: z.array(turnInput).min(1, 'is empty'), session: label.optional() }) as z.ZodType<{
  turns: readonly TurnInput[]
  session?: string
}>
const documentsInput = z.strictObject({
  documents: z.array(z.strictObject({ ...common, title: label.optional(), text }) as z.ZodType<DocumentInput>).min(1, 'is empty'),
})

/**
 * Turns what a caller wants remembered into episodes, each with its key.
 *
 * @throws GraphMemError `INPUT_INVALID` naming the field; nothing has been written then.
 */
export function parseInput(input: IngestInput, now: Instant, self: Self): readonly EpisodeDraft[] {
  if (typeof input !== 'object' || input === null) return [ofText({ text: checkInput(text, input, 'ingest') }, now)]
  if ('turns' in input) {
    const { turns, session } = checkInput(turnsInput, input, 'ingest')
    return turns.map((turn, index) => ofTurn(turn, index, session, now, self))
  }
  if ('documents' in input) return checkInput(documentsInput, input, 'ingest').documents.map(ofDocument)
  return [ofText(checkInput(textInput, input, 'ingest'), now)]
}

function ofText(input: TextInput, now: Instant): EpisodeDraft {
  const at = input.at === undefined ? (input.id === undefined ? now : undefined) : isoInstant(input.at, 'at')
  return finish({ ...attributes(input), kind: 'text', text: input.text, role: 'user', ...(at === undefined ? {} : { at }) }, input.id)
}

function ofTurn(input: TurnInput, index: number, ofAll: string | undefined, now: Instant, self: Self): EpisodeDraft {
  const session = input.session ?? ofAll
  const role = input.role ?? 'user'
  // A place in a session identifies a turn as well as a time does; without either, and without an id, it is said now.
  const placed = input.id !== undefined || input.sequence !== undefined
  // Beside a time the place in a call says nothing: the same turn may come in another call, at another place.
  const sequence = input.sequence ?? (session === undefined || input.at !== undefined ? undefined : index)
  const at = input.at === undefined ? (placed ? undefined : now) : isoInstant(input.at, `turns.${index}.at`)
  const speaker = input.name === undefined || (role === 'user' && isSelf(input.name, self)) ? undefined : input.name
  return finish(
    {
      ...attributes(input),
      kind: 'turn',
      text: input.content,
      role,
      ...(session === undefined ? {} : { session }),
      ...(sequence === undefined ? {} : { sequence }),
      ...(at === undefined ? {} : { at }),
      ...(speaker === undefined ? {} : { speaker }),
    },
    input.id,
  )
}

function ofDocument(input: DocumentInput, index: number): EpisodeDraft {
  const at = input.at === undefined ? undefined : isoInstant(input.at, `documents.${index}.at`)
  return finish(
    {
      ...attributes(input),
      kind: 'document',
      text: input.text,
      ...(input.title === undefined ? {} : { title: input.title }),
      ...(at === undefined ? {} : { at }),
    },
    input.id,
  )
}

function attributes(input: TextInput | TurnInput | DocumentInput): Pick<Episode, 'tags' | 'metadata' | 'source' | 'importance'> {
  return {
    tags: [...new Set(input.tags)].sort(),
    metadata: Object.fromEntries(Object.entries(input.metadata ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(input.source === undefined ? {} : { source: input.source }),
    ...(input.importance === undefined ? {} : { importance: input.importance }),
  }
}

function isSelf(name: string, self: Self): boolean {
  return [self.name, ...self.aliases].some((known) => known !== undefined && fold(known) === fold(name))
}

function finish(content: Omit<EpisodeDraft, 'id' | 'key' | 'contentHash'>, callersId: string | undefined): EpisodeDraft {
  const { kind, text, title, source, at, session, sequence, role, speaker, tags, metadata, importance } = content
  const place = [kind, source, at, session, sequence, role, speaker, title, text]
  // A caller's id and a hash can't meet: they start with different letters.
  const key = callersId === undefined ? `#${contentHash(JSON.stringify(place))}` : `=${callersId}`
  return withKey({ ...content, id: '', key, contentHash: contentHash(JSON.stringify([...place, tags, metadata, importance])) }, key)
}

/** The same episode under another key. */
export function withKey(draft: EpisodeDraft, key: string): EpisodeDraft {
  return { ...draft, id: contentId('episode', key, draft.contentHash), key }
}

/** Refuses a list in which one id, or without ids one text of the same time and source, stands for two contents. @throws GraphMemError `INPUT_INVALID` */
export function refuseContradictions(drafts: readonly EpisodeDraft[]): readonly EpisodeDraft[] {
  const byKey = new Map<string, EpisodeDraft>()
  for (const draft of drafts) {
    const other = byKey.get(draft.key)
    if (other !== undefined && other.id !== draft.id) {
      throw new GraphMemError({
        code: 'INPUT_INVALID',
        field: 'id',
        message: draft.key.startsWith('=')
          ? 'Cannot ingest: one id is given twice with different content. Give each episode its own id, or leave the ids out.'
          : 'Cannot ingest: two episodes without an id are the same but for their tags, metadata or importance. Give each its own id, or leave one out.',
      })
    }
    byKey.set(draft.key, draft)
  }
  return [...byKey.values()]
}
