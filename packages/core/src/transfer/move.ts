import { digest } from '../digest.ts'
import type { MemoryContext } from '../memory-context.ts'
import { type CallOptions, type EraseOptions, type ErasureReceipt, GraphMemError, type Head, recordKinds } from '../spec/index.ts'
import type { RecordCounts, Transferred } from './export-format.ts'
import { exportLines } from './export-lines.ts'
import { importLines, refuseHeld } from './import-lines.ts'
import { arriving, leaving, moveMarkOf } from './move-mark.ts'

/** What a move did. */
export interface MoveReceipt {
  /** What is at the destination by this call; all 0 where the source held nothing, or an earlier call had done it all. */
  readonly records: RecordCounts
  /** The digest of the memory that moved, the same on both sides; absent where nothing did. */
  readonly digest?: string
  /** What was erased at the source. */
  readonly erased: ErasureReceipt
}

/** One end of a move. */
export interface MoveEnd {
  readonly context: MemoryContext
  /** Erases the memory, with what is held and cached of it. */
  readonly erase: (options: EraseOptions) => Promise<ErasureReceipt>
}

export interface MoveOptions extends CallOptions {
  /** Moves a memory once more whose copy is not where an earlier move had taken it: erased by its owner, or lost. Default `false`: such a move is refused. */
  readonly again?: boolean
}

const maxAttempts = 10

/**
 * Takes a memory from one store to another. In this order, each step one atomic write:
 *
 * 1. It is written at the destination, marked as arriving: it is not recalled from nor written to there yet, and a copy that became old can be told and replaced.
 * 2. It is exported there, and has to be the same to the byte.
 * 3. The source is marked as leaving, if it is still at the version that was exported: else it begins again. From then on writers are refused
 *    there, and none of their writes can be lost.
 * 4. The source is looked at once more: where its owner erased it meanwhile, the copy is erased as well. The destination's mark is taken away.
 * 5. The source is erased.
 *
 * Cut off at any instant, the same call again finishes it. Each erasure expects the state that was seen: of several who move at once, none erases
 * what another has finished.
 *
 * @throws GraphMemError `NOT_EMPTY` when the destination holds anything else, `INPUT_INVALID` when both ends are one memory, or without
 *   `again` when the destination is not what it was moved to before, `GENERATION_MISMATCH`
 *   when the destination has another embedder or analyzer, `CONFLICT`, retryable, when the source was written to all the while.
 */
export async function move(source: MoveEnd, destination: MoveEnd, options: MoveOptions): Promise<MoveReceipt> {
  for (let attempt = 1; ; attempt += 1) {
    options.signal?.throwIfAborted()
    try {
      return await attemptMove(source, destination, options)
    } catch (error) {
      if (!GraphMemError.is(error) || error.code !== 'CONFLICT' || attempt === maxAttempts) throw error
    }
  }
}

async function attemptMove(source: MoveEnd, destination: MoveEnd, { again = false, ...options }: MoveOptions): Promise<MoveReceipt> {
  // The source first: once it is erased, the destination was given over before.
  const from = await source.context.graph.head(options)
  const to = await destination.context.graph.head(options)
  const left = moveMarkOf(from)
  const arrival = moveMarkOf(to)
  if (from.incarnation !== undefined && from.incarnation === to.incarnation) throw sameMemory()
  if (from.version === 0) {
    // Its owner erased it after a move was cut off: it may not come back.
    if (arrival.state === 'arriving') await eraseArrival(destination, to, options)
    return nothing()
  }
  if (left.state === 'leaving' && left.to === to.incarnation && arrival.state === 'settled') return eraseSource(source, from, options)
  if (left.state === 'leaving' && left.to !== to.incarnation && !again) throw movedBefore()
  if (arrival.state !== 'arriving') refuseHeld(to)
  const generation = left.generation ?? ''
  const arrived = (await isSame(source, destination, to, options)) ? to : await bring(source, destination, to, generation, options)
  const incarnation = arrived.incarnation ?? ''
  const isMarked = left.state === 'leaving' && left.to === incarnation
  const gone = isMarked ? from : await mark(source, from, leaving(incarnation, generation), options)
  if ((await source.context.graph.head(options)).incarnation !== gone.incarnation) {
    await eraseArrival(destination, arrived, options)
    return nothing()
  }
  await mark(destination, arrived, generation, options)
  return eraseSource(source, gone, options)
}

async function isSame(source: MoveEnd, destination: MoveEnd, to: Head, options: CallOptions): Promise<boolean> {
  if (to.version === 0) return false
  return (await summaryOf(destination, options)).checksum === (await summaryOf(source, options)).checksum
}

/** Writes the source at the destination, in place of a copy that became old, and has it given back. */
async function bring(source: MoveEnd, destination: MoveEnd, to: Head, generation: string, options: CallOptions): Promise<Head> {
  if (to.version > 0) await eraseArrival(destination, to, options)
  const lines = exportLines(source.context, options)
  const imported = importLines(destination.context, lines, { ...options, generation: arriving(generation) })
  const { head, checksum } = await imported.catch((error: unknown) => {
    // Another call of the same move was faster, or there is a new writer: looked at anew, it is clear which.
    throw GraphMemError.is(error) && error.code === 'NOT_EMPTY' ? cameBetween(error) : error
  })
  if ((await summaryOf(destination, options)).checksum === checksum) return head
  throw new GraphMemError({
    code: 'ADAPTER_INVALID',
    field: 'to',
    message: 'Cannot move the memory: what the destination gives back is not what was written there. Nothing was erased at the source.',
  })
}

/** Erases a copy that nobody was given, if it still is one. */
async function eraseArrival(destination: MoveEnd, to: Head, options: CallOptions): Promise<void> {
  await destination.erase({ ...options, expect: to })
}

async function eraseSource({ context, erase }: MoveEnd, expect: Head, options: CallOptions): Promise<MoveReceipt> {
  const records = await context.graph.count(options)
  const moved = { records, digest: await digest(context.graph, options) }
  // Another call of the same move may have erased it, and somebody have begun a new memory here: then it is looked at anew.
  return { ...moved, erased: await erase({ ...options, expect }) }
}

function nothing(): MoveReceipt {
  return { records: noRecords(), erased: { memories: 0, records: noRecords(), segments: 0, unverified: [] } }
}

/** Sets what a head says of its memory, if that is still the head. */
async function mark({ context }: MoveEnd, expect: Head, generation: string, options: CallOptions): Promise<Head> {
  return (await context.graph.apply({ put: {} }, { ...options, applyId: crypto.randomUUID(), expect, generation })).head
}

/** What the last line of an export says. */
async function summaryOf({ context }: MoveEnd, options: CallOptions): Promise<Transferred> {
  const lines = exportLines(context, options)
  for (;;) {
    const next = await lines.next()
    if (next.done === true) return next.value
  }
}

function noRecords(): RecordCounts {
  return Object.fromEntries(recordKinds.map((kind) => [kind, 0])) as unknown as RecordCounts
}

function sameMemory(): GraphMemError {
  return new GraphMemError({
    code: 'INPUT_INVALID',
    field: 'to',
    message: 'Cannot move the memory: to: it is the very memory that is to be moved, or a copy of its database. Give another store.',
  })
}

function movedBefore(): GraphMemError {
  return new GraphMemError({
    code: 'INPUT_INVALID',
    field: 'again',
    message:
      'Cannot move the memory: again: it was moved before, and what it was moved to is not there, because its owner erased it or it was lost. Erase the memory here, which finishes that move, or give `again: true` to move it once more.',
  })
}

function cameBetween(cause: GraphMemError): GraphMemError {
  return new GraphMemError({
    code: 'CONFLICT',
    retryable: true,
    message: 'Cannot move the memory: another writer came between at the destination. Call again.',
    cause,
  })
}
