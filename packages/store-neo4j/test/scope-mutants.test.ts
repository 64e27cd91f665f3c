import { neo4jStore } from '@graphmem/store-neo4j'
import { everyCall, graphStoreCases, runStoreCase, type StoreCase } from '@graphmem/testkit'
import { beforeAll, expect, test } from 'vitest'
import './mutant-tally.ts'
import { neo4jCases } from './neo4j-cases.ts'
import { type ScopeMutant, scopeMutantsOf } from './scope-mutants.ts'
import { describeOnServer, sharedDriver, wipe } from './test-server.ts'
import { watchedDriver } from './watched-driver.ts'

/** Every how manieth mutant is tried: all of them take minutes. `GRAPHMEM_TEST_EVERY_MUTANT=1` tries each. */
const stride = process.env['GRAPHMEM_TEST_EVERY_MUTANT'] === '1' ? 1 : 12

/** In the order in which they are tried: at first those that catch many, then what caught the last mutant before what did not. */
const cases = [
  ...['isolation-foreign-ids', 'remove-each-kind', 'remove-leaves-lookups', 'erase-one-memory', 'segments-replaced', 'retire-unknown'],
  ...['apply-conflict', 'apply-conflict-on-empty', 'count-empty', 'count-follows-writes'],
].flatMap((id) => graphStoreCases.filter((each) => each.id === id))
cases.push(...neo4jCases, ...graphStoreCases.filter((each) => !cases.includes(each)))

/** What every call of the store says to the database about records. */
async function statementsOfStore(): Promise<ReadonlySet<string>> {
  const statements = new Set<string>()
  const driver = watchedDriver(sharedDriver(), (statement) => {
    if ('scope' in statement.parameters) statements.add(statement.cypher)
    return statement
  })
  await everyCall(neo4jStore({ driver }))
  return statements
}

async function failureOf(storeCase: StoreCase, change: (cypher: string) => string): Promise<unknown> {
  await wipe()
  const open = () => neo4jStore({ driver: watchedDriver(sharedDriver(), (each) => ({ ...each, cypher: change(each.cypher) })) })
  try {
    await runStoreCase(storeCase, () => ({ store: open(), reopen: open }), neo4jCases.includes(storeCase) ? 'alone' : 'beside')
    return undefined
  } catch (error) {
    return error
  }
}

const passed = new Map<StoreCase, boolean>()

/** A case that fails without any mutation catches nothing. */
async function passesUnchanged(storeCase: StoreCase): Promise<boolean> {
  const known = passed.get(storeCase) ?? (await failureOf(storeCase, (cypher) => cypher)) === undefined
  passed.set(storeCase, known)
  return known
}

async function firstToCatch(mutant: ScopeMutant): Promise<string | undefined> {
  for (const [place, each] of cases.entries()) {
    const failure = await failureOf(each, (cypher) => (cypher === mutant.cypher ? mutant.mutated : cypher))
    if (failure === undefined || !(await passesUnchanged(each))) continue
    cases.unshift(...cases.splice(place, 1))
    return each.id
  }
  return undefined
}

describeOnServer('a statement that has lost a part of its scope', () => {
  let mutants: readonly ScopeMutant[] = []
  beforeAll(async () => {
    await wipe()
    const all = scopeMutantsOf(await statementsOfStore())
    expect(all.length).toBeGreaterThan(150)
    mutants = all.filter((_, number) => number % stride === 0)
  })

  test('is a valid statement', async () => {
    for (const { mutated } of mutants) {
      await sharedDriver().executeQuery(`EXPLAIN ${mutated}`, { scope: { userId: 'a', memoryId: 'b' }, given: { ids: [] } })
    }
  })

  test(`is caught by a case, one in ${stride} of them`, { timeout: 1_800_000 }, async ({ task }) => {
    const missed: string[] = []
    for (const mutant of mutants) {
      const caught = await firstToCatch(mutant)
      if (stride === 1) console.log(`${caught ?? 'MISSED'}: ${mutant.name}`)
      if (caught === undefined) missed.push(mutant.name)
    }
    task.meta.mutants = { mutants: mutants.length, caught: mutants.length - missed.length }
    expect(missed).toEqual([])
  })
})
