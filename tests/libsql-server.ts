import { startLibsqlDouble } from '@graphmem/services/libsql'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a double of a libSQL server is, with its token: `http://host?authToken=…`. A real one has no new database for each test. */
    readonly libsqlUrl: string
  }
}

/** One server for all test files of the project. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startLibsqlDouble()
  project.provide('libsqlUrl', server.url)
  return async () => server[Symbol.asyncDispose]()
}
