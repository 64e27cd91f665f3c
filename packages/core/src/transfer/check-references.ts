import { type RecordKind, type Records, recordKinds } from '../spec/index.ts'
import { invalidExport } from './invalid-export.ts'

type AllRecords = { readonly [K in RecordKind]: readonly Records[K][] }

/**
 * Refuses records of which one names another that is not there, or that is of another kind, and chunks that are not what their episode says.
 *
 * @throws GraphMemError `INPUT_INVALID` naming the line and the field.
 */
export function checkReferences(records: AllRecords): void {
  const episodes = new Map(records.episodes.map((episode) => [episode.id, episode]))
  const chunks = new Map(records.chunks.map((chunk) => [chunk.id, chunk]))
  const ids = { senses: idsOf(records.senses), decisions: idsOf(records.decisions), facts: idsOf(records.facts) }
  const check = (kind: RecordKind, place: number, field: string, isSound: boolean, problem = 'names a record that is not there') => {
    if (!isSound) throw invalidExport(lineOf(records, kind, place), `record.${field}`, problem)
  }
  for (const [place, { episodeId, index, span, text, sentences, mentions }] of records.chunks.entries()) {
    const episode = episodes.get(episodeId)
    check('chunks', place, 'episodeId', episode !== undefined)
    check('chunks', place, 'index', index < (episode?.chunkCount ?? 0), 'is none of its episode')
    check('chunks', place, 'text', text === episode?.text.slice(span.start, span.end), 'is not what its episode has there')
    check(
      'chunks',
      place,
      'sentences',
      sentences.every(({ end }) => end <= text.length),
      'are not all within the text',
    )
    check(
      'chunks',
      place,
      'mentions',
      mentions.every(({ span: { end } }) => end <= text.length),
      'are not all within the text',
    )
    check(
      'chunks',
      place,
      'mentions',
      mentions.every(({ senseId }) => ids.senses.has(senseId)),
    )
  }
  for (const [place, { senses, chunkId }] of records.decisions.entries()) {
    check(
      'decisions',
      place,
      'senses',
      senses.every((id) => ids.senses.has(id)),
    )
    check('decisions', place, 'chunkId', chunkId === undefined || chunks.has(chunkId))
  }
  for (const [place, { subjectId, object }] of records.facts.entries()) {
    check('facts', place, 'subjectId', ids.senses.has(subjectId))
    check('facts', place, 'object', !('senseId' in object) || ids.senses.has(object.senseId))
  }
  for (const [place, { factId, chunkId, span }] of records.assertions.entries()) {
    const chunk = chunks.get(chunkId)
    check('assertions', place, 'factId', ids.facts.has(factId))
    check('assertions', place, 'chunkId', chunk !== undefined)
    check('assertions', place, 'span', span.end <= (chunk?.text.length ?? 0), 'is not within the text of its chunk')
  }
  for (const [place, { target }] of records.corrections.entries()) check('corrections', place, 'target', ids[target.kind].has(target.id))
}

function idsOf(records: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(records.map(({ id }) => id))
}

/** The header is the first line, and each record has one. */
function lineOf(records: AllRecords, kind: RecordKind, place: number): number {
  const before = recordKinds.slice(0, recordKinds.indexOf(kind)).reduce((lines, earlier) => lines + records[earlier].length, 0)
  return before + place + 2
}
