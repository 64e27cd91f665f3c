import type { GraphStore } from '@graphmem/core/spec'
import { type Neo4jStoreOptions, neo4jStore } from '@graphmem/store-neo4j'
import { onTestFinished } from 'vitest'

/** A store that is disposed of with the test. */
export function openStore(options: Neo4jStoreOptions): GraphStore {
  const store = neo4jStore(options)
  onTestFinished(() => store[Symbol.asyncDispose]())
  return store
}
