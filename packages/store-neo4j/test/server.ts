import { mayBeMissing } from '@graphmem/services/may-be-missing'
import { startNeo4j } from '@graphmem/services/neo4j'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the server is, with user and password; empty where there is none. */
    readonly neo4jUrl: string
  }
}

/** One server for all test files of the project. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  try {
    const server = await startNeo4j()
    project.provide('neo4jUrl', server.url)
    return async () => server[Symbol.asyncDispose]()
  } catch (error) {
    if (!mayBeMissing(error)) throw error
    console.warn(`The tests of store-neo4j are skipped. ${error.message}`)
    project.provide('neo4jUrl', '')
    return async () => {}
  }
}
