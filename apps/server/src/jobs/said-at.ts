import type { IngestInput, TurnInput } from '@graphmem/core'

/**
 * The same input, with a time for what would else be said whenever it is ingested. A job is done again where its process was killed at it, perhaps when
 * all was written already: it has to say the same then.
 */
export function saidAt(input: IngestInput, at: Date): IngestInput {
  if (typeof input === 'string') return { text: input, at }
  if ('documents' in input) return input
  if ('text' in input) return input.id === undefined && input.at === undefined ? { ...input, at } : input
  return { ...input, turns: input.turns.map((turn, place) => turnSaidAt(turn, { at, place, session: turn.session ?? input.session })) }
}

/** A turn of a session has its place in the request for its place there, unless it is said when. */
function turnSaidAt(
  turn: TurnInput,
  { at, place, session }: { readonly at: Date; readonly place: number; readonly session: string | undefined },
): TurnInput {
  if (turn.id !== undefined || turn.at !== undefined || turn.sequence !== undefined) return turn
  return { ...turn, at, ...(session === undefined ? {} : { sequence: place }) }
}
