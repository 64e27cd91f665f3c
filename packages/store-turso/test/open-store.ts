import type { GraphStore } from '@graphmem/core/spec'
import { type TursoStoreOptions, tursoStore } from '@graphmem/store-turso'
import { onTestFinished } from 'vitest'

/** A store that is disposed of with the test. */
export function openStore(options: TursoStoreOptions): GraphStore {
  const store = tursoStore(options)
  onTestFinished(() => store[Symbol.asyncDispose]())
  return store
}
