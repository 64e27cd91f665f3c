import { GraphMemError, type GraphStore, type UserId } from '../spec/index.ts'
import { disposeAll } from './dispose-all.ts'

export interface OpenStores {
  /** Lends the user's store for as long as `work` takes. @throws GraphMemError `CLOSED` */
  use<T>(id: UserId, work: (store: GraphStore) => Promise<T>): Promise<T>
  close(): Promise<void>
}

interface Opened {
  readonly store: GraphStore
  uses: number
}

/** Stores of users, made when they are used. Over `maxOpen` the least recently used is closed, and none while it is in use. */
export function openStores(make: (id: UserId) => GraphStore, maxOpen: number): OpenStores {
  /** The least recently used first. */
  const open = new Map<UserId, Opened>()
  /** Being closed, or failed to close. */
  const closing = new Set<Promise<void>>()
  let closed = false

  function closeIdle(): void {
    for (const [id, { store, uses }] of open) {
      if (open.size <= maxOpen) return
      if (uses > 0) continue
      open.delete(id)
      const closes = disposeAll([store])
      closing.add(closes)
      closes.then(
        () => closing.delete(closes),
        () => {},
      )
    }
  }

  return {
    async use(id, work) {
      if (closed) throw new GraphMemError({ code: 'CLOSED', message: 'Cannot use the memory: the store was closed. Open another one.' })
      const opened = open.get(id) ?? { store: make(id), uses: 0 }
      open.delete(id)
      open.set(id, opened)
      opened.uses += 1
      closeIdle()
      try {
        return await work(opened.store)
      } finally {
        opened.uses -= 1
        closeIdle()
      }
    },
    async close() {
      closed = true
      const stores = [...open.values()].map(({ store }) => store)
      open.clear()
      await disposeAll([...stores, ...[...closing].map((closes) => ({ [Symbol.asyncDispose]: () => closes }))])
    },
  }
}
