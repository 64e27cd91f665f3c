import { type Memory, scope } from '@graphmem/core'
import { timed } from '../timed.ts'
import type { Backend } from './backend.ts'
import type { Users } from './follow-applies.ts'
import { countStatements, type Measured } from './measured.ts'
import { type Call, makeAgain } from './noted-calls.ts'

/** Memories that hold the same, opened for each question: through the store that is noted, as users have it, and over the wire. */
export interface Opened {
  readonly noted: () => Memory
  readonly plain: () => Memory
  readonly wired: (() => Memory) | undefined
  /** The calls that were made of the noted store since the last time this was asked. */
  readonly takeCalls: () => readonly Call[]
}

/** Asks each question: to count, to time the whole, to time the store beside the driver, and to weigh. */
export async function measureRecalls(
  backend: Backend,
  users: Users,
  questions: readonly string[],
  opened: Opened,
  into: Measured,
): Promise<void> {
  const graph = backend.store.open(scope({ userId: users.stored, memoryId: 'speed' }))
  for (const [turn, question] of questions.entries()) {
    const noted = opened.noted()
    opened.takeCalls()
    backend.taken()
    await noted.recall(question)
    const [calls, sent] = [opened.takeCalls(), backend.taken()]
    into.statements.push(countStatements(sent))
    const plain = opened.plain()
    into.wholeMs.push(await timed(() => plain.recall(question)))
    const throughStore = async () => into.storeMs.push(await timed(() => makeAgain(graph, calls)))
    const straight = async () => into.straightMs.push(await timed(() => backend.send(sent, users.noted, users.straight)))
    for (const each of turn % 2 === 0 ? [throughStore, straight] : [straight, throughStore]) await each()
    if (backend.wired === undefined || opened.wired === undefined) continue
    const wired = opened.wired()
    backend.wired.wire.taken()
    await wired.recall(question)
    into.traffic.push(backend.wired.wire.taken())
  }
}
