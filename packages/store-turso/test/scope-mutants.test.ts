import { tursoStore } from '@graphmem/store-turso'
import { everyCall, graphStoreCases, runStoreCase, type StoreCase } from '@graphmem/testkit'
import { createClient, LibsqlError } from '@libsql/client'
import { describe, expect, test } from 'vitest'
import { appliesCases } from './applies-cases.ts'
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

/** Cases that catch many mutants, or one that few others do. All others come behind them. */
const catching = [
  ...['isolation-foreign-ids', 'remove-each-kind', 'remove-leaves-lookups', 'erase-receipt', 'segments-replaced', 'retire-unknown'],
  ...['apply-conflict', 'apply-conflict-on-empty', 'count-empty', 'count-follows-writes'],
]
const rank = ({ id }: StoreCase) => (catching.includes(id) ? catching.indexOf(id) : catching.length)
const kitCases = [...graphStoreCases].sort((a, b) => rank(a) - rank(b))

async function firstToCatch(mutant: ScopeMutant): Promise<StoreCase | undefined> {
  const cases = mutant.sql.startsWith('DELETE FROM applies') ? appliesCases : kitCases
  for (const each of cases) {
    const failure = await failureOf(each, (sql) => (sql === mutant.sql ? mutant.mutated : sql))
    if (failure === undefined) continue
    expect(rootOf(failure), 'the mutant is a valid statement').not.toMatchObject({ code: 'SQLITE_ERROR' })
    if (await passesUnchanged(each)) return each
  }
  return undefined
}

async function failureOf(storeCase: StoreCase, change: (sql: string) => string): Promise<unknown> {
  const client = createClient({ url: ':memory:' })
  const open = () => tursoStore({ client: watchedClient(client, change) })
  try {
    await runStoreCase(storeCase, () => ({ store: open(), reopen: open }), appliesCases.includes(storeCase) ? 'alone' : 'beside')
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

describe('the kit fails for', () => {
  for (const mutant of mutants) {
    test(mutant.name, { timeout: 120_000 }, async () => {
      expect(await firstToCatch(mutant)).toBeDefined()
    })
  }
})

test('every statement about records names its user', () => {
  expect(aboutRecords.length).toBeGreaterThan(50)
  for (const sql of aboutRecords) expect(sql).toMatch(/user_id = :userId|:userId, :memoryId|user_id <> :userId/)
})
