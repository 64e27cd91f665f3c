import { type CallOptions, GraphMemError } from '@graphmem/core/spec'

/** What every call passes first. */
export interface Gate {
  /** @throws the signal's reason when it is aborted, GraphMemError `CLOSED` when the store is closed */
  enter(options: CallOptions | undefined): void
  close(): void
}

export function gate(): Gate {
  let closed = false
  return {
    enter(options) {
      options?.signal?.throwIfAborted()
      if (!closed) return
      throw new GraphMemError({ code: 'CLOSED', message: 'Cannot use the memory store: it was disposed of. Make a new one.' })
    },
    close() {
      closed = true
    },
  }
}
