import { describe, test } from 'node:test'
import type { CreateStore } from './create-store.ts'
import { caseTimeoutMs, describedCases } from './describe-cases.ts'
import { runStoreCase } from './run-store-case.ts'

/** Registers every case as a `node:test` test. */
export function describeGraphStore(name: string, { create }: { readonly create: CreateStore }): void {
  describe(`${name} is a graph store`, () => {
    for (const { title, storeCase, mode } of describedCases()) {
      test(title, { timeout: caseTimeoutMs }, async (context) => {
        if ((await runStoreCase(storeCase, create, mode)) === 'skipped') context.skip(`needs ${storeCase.requires?.join(', ')}`)
      })
    }
  })
}
