import { type ApplyOptions, type GraphChanges, type Head, type ScopedGraph, scope } from '@graphmem/core'
import { timed } from '../timed.ts'
import type { Backend } from './backend.ts'
import { countStatements, type Measured } from './measured.ts'

/** The user whose memory is grown, and those whose memories become the same. */
export interface Users {
  readonly noted: string
  readonly stored: string
  readonly straight: string
  readonly wired: string
}

/**
 * Repeats each apply of one user for others: once through the store, once with the same statements sent straight to the driver, by turns which of
 * them comes first; and once over the wire.
 */
export function followApplies(
  backend: Backend,
  users: Users,
): (changes: GraphChanges, options: ApplyOptions, into: Measured) => Promise<void> {
  const { store, wired } = backend
  const stored = follower(store.open(scope({ userId: users.stored, memoryId: 'speed' })))
  const overWire = wired && follower(wired.store.open(scope({ userId: users.wired, memoryId: 'speed' })))
  let turn = 0
  return async (changes, options, into) => {
    const sent = backend.taken()
    into.statements.push(countStatements(sent))
    const throughStore = async () => into.storeMs.push(await timed(() => stored(changes, options)))
    const straight = async () => into.straightMs.push(await timed(() => backend.send(sent, users.noted, users.straight)))
    for (const each of turn % 2 === 0 ? [throughStore, straight] : [straight, throughStore]) await each()
    turn += 1
    wired?.wire.taken()
    await overWire?.(changes, options)
    if (wired !== undefined) into.traffic.push(wired.wire.taken())
  }
}

/** Applies to a memory of its own, whose head it knows. */
function follower(graph: ScopedGraph): (changes: GraphChanges, options: ApplyOptions) => Promise<void> {
  let expect: Head = { version: 0 }
  return async (changes, { applyId, generation }) => {
    expect = (await graph.apply(changes, { applyId, generation, expect })).head
  }
}
