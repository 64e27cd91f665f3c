import { tursoStore } from '@graphmem/store-turso'
import { graphStoreCases, runStoreCase, type StoreCase } from '@graphmem/testkit'
import { createClient, LibsqlError } from '@libsql/client'
import { describe, expect, test } from 'vitest'
import { everyCall } from './every-call.ts'
import { forgottenAppliesCase } from './forgotten-applies-case.ts'
import { type ScopeMutant, scopeMutantsOf } from './scope-mutants.ts'
import { watchedClient } from './watched-client.ts'

/** What every call of the store says to the database. */
async function statementsOfStore(): Promise<ReadonlySet<string>> {
  const statements = new Set<string>()
  const client = createClient({ url: ':memory:' })
  const store = tursoStore({
    client: watchedClient(client, (sql) => {
      statements.add(sql)
      return sql
    }),
  })
  await everyCall(store)
  await store[Symbol.asyncDispose]()
  client.close()
  return statements
}

const statements = await statementsOfStore()
const mutants = scopeMutantsOf(statements)
const aboutRecords = [...statements].filter((sql) =>
  /\b(FROM|INTO|UPDATE) (memories|episodes|chunks|senses|decisions|facts|assertions|corrections|segments|applies)\b/.test(sql),
)

/** The cases that caught the last mutants come first: a few catch most. */
let cases: readonly StoreCase[] = [...graphStoreCases, forgottenAppliesCase]

async function firstToCatch(mutant: ScopeMutant): Promise<StoreCase | undefined> {
  for (const each of cases) {
    const failure = await failureOf(each, (sql) => (sql === mutant.sql ? mutant.mutated : sql))
    if (failure === undefined) continue
    expect(rootOf(failure), 'the mutant is a valid statement').not.toMatchObject({ code: 'SQLITE_ERROR' })
    if (!(await passesUnchanged(each))) continue
    cases = [each, ...cases.filter((other) => other !== each)]
    return each
  }
  return undefined
}

async function failureOf(storeCase: StoreCase, change: (sql: string) => string): Promise<unknown> {
  const client = createClient({ url: ':memory:' })
  const open = () => tursoStore({ client: watchedClient(client, change) })
  try {
    await runStoreCase(storeCase, () => ({ store: open(), reopen: open }), 'beside')
    return undefined
  } catch (error) {
    return error
  } finally {
    client.close()
  }
}

const passed = new Map<StoreCase, boolean>()

/** A case that fails without any mutation catches nothing. */
async function passesUnchanged(storeCase: StoreCase): Promise<boolean> {
  const known = passed.get(storeCase) ?? (await failureOf(storeCase, (sql) => sql)) === undefined
  passed.set(storeCase, known)
  return known
}

function rootOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined && !(error instanceof LibsqlError) ? rootOf(error.cause) : error
}

describe('a statement that loses a part of its scope', () => {
  test.each(mutants)('fails the kit: $name', { timeout: 60_000 }, async (mutant) => {
    expect(await firstToCatch(mutant)).toBeDefined()
  })
})

describe('every statement about records', () => {
  test.each(aboutRecords)('names its user: %s', (sql) => {
    expect(sql).toMatch(/user_id = :userId|:userId, :memoryId|user_id <> :userId/)
  })

  test('has mutants', () => {
    expect(aboutRecords.length).toBeGreaterThan(50)
    expect(mutants.length).toBeGreaterThan(2 * 50)
  })
})
