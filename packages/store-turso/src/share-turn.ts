import { setImmediate as nextTurn } from 'node:timers/promises'

/** How long calls that follow each other may keep timers and signals from their turn, but for one that takes longer by itself. */
const mostMs = 5

/** When the first call of this turn of the event loop came. */
let began: number | undefined

/**
 * The driver works synchronously on files, so that calls which follow each other would keep the event loop to themselves. Each waits here before it
 * begins: for the next turn, once the calls of this one have taken their time.
 */
export async function shareTurn(): Promise<void> {
  if (began !== undefined && performance.now() - began > mostMs) await nextTurn()
  if (began !== undefined) return
  began = performance.now()
  setImmediate(() => {
    began = undefined
  })
}
