import type { MemoryEvent, Observer } from '@graphmem/core'

/** A request to a model, with what it took. */
export type ModelCall = Extract<MemoryEvent, { readonly type: 'model-called' }>

/**
 * Requests to models, as a GraphMem tells its observer of them: also of calls that failed, or were called off, whose bill nobody sees. A user who calls
 * everything off has spent it all the same.
 */
export class ModelCalls {
  readonly #listeners: ((userId: string, call: ModelCall) => void)[] = []

  /** For `new GraphMem({ observer })`; hands on to another, where there is one. */
  observer(next?: Observer): Observer {
    return (event) => {
      if (event.type === 'model-called') for (const tell of this.#listeners) tell(event.userId, event)
      next?.(event)
    }
  }

  listen(listener: (userId: string, call: ModelCall) => void): void {
    this.#listeners.push(listener)
  }
}
