import { neo4jStore } from '@graphmem/store-neo4j'
import { everyCall, graphStoreCases, runStoreCase } from '@graphmem/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migration1 } from '../src/migrations/migration-1.ts'
import './mutant-tally.ts'
import { describeOnServer, sharedDriver, wipe } from './test-server.ts'

/** Every how manieth mutant is tried. `GRAPHMEM_TEST_EVERY_MUTANT=1` tries each. */
const stride = process.env['GRAPHMEM_TEST_EVERY_MUTANT'] === '1' ? 1 : 10

interface ConstraintMutant {
  readonly constraint: string
  readonly cypher: string
  readonly mutated: string
}

/** Every constraint on records that can lose one part of its scope. */
const mutants: readonly ConstraintMutant[] = migration1.flatMap((cypher) => {
  const constraint = /CREATE CONSTRAINT (\w+)/.exec(cypher)?.[1]
  if (constraint === undefined) return []
  return [/it\.userId, /, /, it\.memoryId/].flatMap((part) =>
    part.test(cypher) ? [{ constraint, cypher, mutated: cypher.replace(part, '') }] : [],
  )
})

const cases = graphStoreCases.filter(({ id }) => ['isolation-foreign-ids', 'isolation-apply-ids', 'isolation-at-once'].includes(id))

async function replace(constraint: string, cypher: string): Promise<void> {
  await wipe()
  await sharedDriver().executeQuery(`DROP CONSTRAINT ${constraint}`)
  await sharedDriver().executeQuery(cypher)
}

async function failing(): Promise<readonly string[]> {
  const create = () => ({ store: neo4jStore({ driver: sharedDriver() }), reopen: () => neo4jStore({ driver: sharedDriver() }) })
  for (const each of cases) {
    await wipe()
    try {
      await runStoreCase(each, create, 'alone')
    } catch {
      return [each.id]
    }
  }
  return []
}

describeOnServer('a constraint that has lost a part of its scope', () => {
  beforeAll(async () => {
    await wipe()
    await everyCall(neo4jStore({ driver: sharedDriver() }))
  })
  afterAll(wipe)

  test('is one of those on every kind of record', async () => {
    expect(mutants).toHaveLength(20)
    expect(await failing()).toEqual([])
  })

  test(`is caught by a case, one in ${stride} of them`, { timeout: 900_000 }, async ({ task }) => {
    const missed: string[] = []
    const tried = mutants.filter((_, number) => number % stride === 0)
    for (const { constraint, cypher, mutated } of tried) {
      await replace(constraint, mutated)
      const caught = await failing()
      await replace(constraint, cypher)
      if (caught.length === 0) missed.push(mutated)
    }
    task.meta.mutants = { mutants: tried.length, caught: tried.length - missed.length }
    expect(missed).toEqual([])
  })
})
