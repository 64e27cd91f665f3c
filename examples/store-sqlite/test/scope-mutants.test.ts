import { DatabaseSync } from 'node:sqlite'
import type { GraphStore } from '@graphmem/core/spec'
import { everyCall, graphStoreCases, runStoreCase, type StoreCase, write } from '@graphmem/testkit'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { sqliteStore } from '../src/index.ts'

/** Each takes one part of a scope away and leaves a valid statement with the same parameters. */
const mutations: readonly { readonly loses: string; readonly from: RegExp; readonly to: string }[] = [
  { loses: 'user', from: /user_id = :user/g, to: ':user is not null' },
  { loses: 'memory', from: /memory_id = :memory/g, to: ':memory is not null' },
  { loses: 'user', from: /:user(?=, :memory)/g, to: 'substr(:user, 1, 0)' },
  { loses: 'memory', from: /(?<=:user, ):memory/g, to: 'substr(:memory, 1, 0)' },
  { loses: 'user', from: /(?<=(?:key|unique) \()user_id, /g, to: '' },
  { loses: 'memory', from: /(?<=(?:key|unique) \(user_id, )memory_id, /g, to: '' },
]

afterEach(() => vi.restoreAllMocks())

/** Every statement of the driver goes through here. */
function changeStatements(change: (sql: string) => string): void {
  for (const method of ['prepare', 'exec'] as const) {
    const original = DatabaseSync.prototype[method]
    vi.spyOn(DatabaseSync.prototype, method).mockImplementation(function (this: DatabaseSync, sql: string) {
      return original.call(this, change(sql)) as never
    })
  }
}

let databases = 0

/** Stores over one database in memory, which is there as long as one of them is open. */
function inMemory(): () => GraphStore {
  const path = `file:mutant-${++databases}?mode=memory&cache=shared`
  return () => sqliteStore({ path, busyTimeoutMs: 0 })
}

async function statementsOfEveryCall(): Promise<readonly string[]> {
  const statements = new Set<string>()
  changeStatements((sql) => {
    statements.add(sql)
    return sql
  })
  const store = inMemory()()
  await everyCall(store)
  await store[Symbol.asyncDispose]()
  vi.restoreAllMocks()
  return [...statements]
}

/** What the kit leaves open, because no store need keep its applies in a table. */
const forgetting: StoreCase = {
  id: 'sqlite-applies-forgotten',
  theme: 'apply',
  behaviour: "a memory forgets its oldest applies, and nobody else's",
  async run({ graph, store, scopes }) {
    const others = [store.open(scopes.sibling), store.open(scopes.other)]
    const applied = await Promise.all(others.map((other) => write(other, {}, { applyId: 'once' })))
    for (let number = 0; number < 102; number++) await write(graph, {})
    expect(await Promise.all(others.map((other) => write(other, {}, { applyId: 'once' })))).toEqual(
      applied.map(({ head }) => ({ head, changed: false })),
    )
  },
}

/** Cases that catch many come first. */
const first = ['isolation-foreign-ids', 'erase-receipt', 'remove-each-kind', 'segments-replaced', 'apply-conflict-on-empty', forgetting.id]
const rank = ({ id }: StoreCase) => (first.includes(id) ? first.indexOf(id) : first.length)
const cases = [forgetting, ...graphStoreCases].sort((a, b) => rank(a) - rank(b))

async function passes(each: StoreCase): Promise<boolean> {
  const open = inMemory()
  try {
    await runStoreCase(each, () => ({ store: open(), reopen: open }), 'beside')
    return true
  } catch (error) {
    expect(error, 'the mutant is a valid statement').not.toMatchObject({ cause: { errcode: 1 } })
    return false
  }
}

const statements = await statementsOfEveryCall()
const mutants = statements.flatMap((sql) =>
  mutations.flatMap(({ loses, from, to }) =>
    [...sql.matchAll(from)].map(({ 0: { length }, index }) => ({
      name: `${sql.trim().replace(/\s+/g, ' ').slice(0, 90)} … without its ${loses} [${index}]`,
      sql,
      mutated: sql.slice(0, index) + to + sql.slice(index + length),
    })),
  ),
)

test('every statement about a table of ours names its user', () => {
  const ofTables = statements.filter((sql) => /\b(from|into|update|join) (applies|records|segments)\b/.test(sql))
  expect(ofTables.length).toBeGreaterThan(15)
  for (const sql of ofTables) expect(sql).toContain(':user')
})

describe('the kit fails for', () => {
  for (const { name, sql, mutated } of mutants) {
    test(name, { timeout: 120_000 }, async () => {
      for (const each of cases) {
        changeStatements((given) => (given === sql ? mutated : given))
        const isCaught = !(await passes(each))
        vi.restoreAllMocks()
        // A case that fails without any mutation catches nothing.
        if (isCaught && (await passes(each))) return
      }
      expect.fail('no case caught it')
    })
  }
})
