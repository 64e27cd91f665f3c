import { join } from 'node:path'
import { startLibsqlDouble } from '@graphmem/services/libsql'
import { libsqlAccess } from '@graphmem/services/libsql-access'
import { startNeo4j } from '@graphmem/services/neo4j'
import { neo4jAccess } from '@graphmem/services/neo4j-access'
import type { KeptAt } from './kept-at.ts'

/** A store that outlives the process that writes it. */
export interface LastingStore extends AsyncDisposable {
  readonly name: string
  /** Where the next experiment keeps its memory: nobody has written there. */
  readonly next: () => KeptAt
}

/** All of them, each started when it is its turn. */
export const lastingStores: readonly {
  readonly name: string
  readonly start: (folder: string) => Promise<LastingStore>
  /** How many ingests are killed at random moments, and how many of them within an apply at least. */
  readonly kills: number
  readonly inside: number
  /** Whether the statements of an apply can be stopped at one by one, because they are run by the process that is killed. */
  readonly inProcess?: true
}[] = [
  {
    name: 'one libSQL file',
    kills: 150,
    inside: 75,
    inProcess: true,
    start: async (folder) => files((name) => ({ url: `file:${join(folder, name)}.db` })),
  },
  {
    name: 'a libSQL file a user',
    kills: 100,
    inside: 50,
    start: async (folder) => files((name) => ({ urlTemplate: `file:${join(folder, name)}/{userId}.db` })),
  },
  { name: 'a libSQL server (a double)', kills: 100, inside: 50, start: libsqlServer },
  { name: 'Neo4j', kills: 100, inside: 50, start: neo4jServer },
]

function files(optionsOf: (name: string) => Extract<KeptAt, { readonly store: 'turso' }>['options']): LastingStore {
  let count = 0
  return {
    name: 'files',
    next: () => ({ userId: 'bench', store: 'turso', options: optionsOf(`memory ${count++}`) }),
    [Symbol.asyncDispose]: async () => undefined,
  }
}

/** A user an experiment, in one database. */
async function libsqlServer(): Promise<LastingStore> {
  const server = await startLibsqlDouble()
  const { url, authToken } = libsqlAccess(server.url)
  const options = { url: `${url}/bench/`, authToken }
  let count = 0
  return {
    name: server.name,
    next: () => ({ userId: `bench ${count++}`, store: 'turso', options }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** A user an experiment. */
async function neo4jServer(): Promise<LastingStore> {
  const server = await startNeo4j()
  const options = neo4jAccess(server.url)
  let count = 0
  return {
    name: server.name,
    next: () => ({ userId: `bench ${count++}`, store: 'neo4j', options }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
