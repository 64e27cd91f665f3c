import { type GraphChanges, recordKinds } from '@graphmem/core/spec'
import { build, everyCall, memoryOf, numberedIds, segment, write } from '@graphmem/testkit'
import type { Plan } from 'neo4j-driver'
import { beforeEach, expect, test } from 'vitest'
import { openStore } from './open-store.ts'
import { describeOnServer, sharedDriver, wipe } from './test-server.ts'
import { watchedDriver } from './watched-driver.ts'

type Statements = Map<string, Readonly<Record<string, unknown>>>

/** All that a store says about records, with parameters that it has said it with. */
async function statementsOfStore(): Promise<Statements> {
  const statements: Statements = new Map()
  const driver = watchedDriver(sharedDriver(), (statement) => {
    if ('scope' in statement.parameters) statements.set(statement.cypher, statement.parameters)
    return statement
  })
  await everyCall(openStore({ driver }))
  return statements
}

interface Operator {
  readonly name: string
  readonly details: string
}

function operatorsOf(plan: Plan): readonly Operator[] {
  const name = plan.operatorType.replace(/@.*/, '')
  return [{ name, details: String(plan.arguments['Details'] ?? '') }, ...plan.children.flatMap(operatorsOf)]
}

describeOnServer('statements', () => {
  beforeEach(wipe)

  test('each finds its nodes by an index that begins with the scope, and walks through no label', async () => {
    const statements = await statementsOfStore()
    expect(statements.size).toBeGreaterThan(40)
    for (const [cypher, parameters] of statements) {
      const { summary } = await sharedDriver().executeQuery(`EXPLAIN ${cypher}`, parameters)
      const operators = operatorsOf(summary.plan as Plan)
      for (const { name, details } of operators) {
        if (/Scan/.test(name)) expect.unreachable(`${name} in the plan of: ${cypher}`)
        if (/Seek|MergeUnique/.test(name)) expect(details, `${name} in the plan of: ${cypher}`).toMatch(/\(userId, memoryId\b/)
      }
      expect(operators.map(({ name }) => name).join(' '), cypher).toMatch(/IndexSeek|MergeUnique/)
    }
  })

  test('each names the scope in every node and relationship', async () => {
    for (const cypher of (await statementsOfStore()).keys()) {
      const patterns = [...cypher.matchAll(/[([]\w*:[A-Z]\w*( \{[^}]*\})?[)\]]/g)]
      expect(patterns.length, cypher).toBeGreaterThan(0)
      for (const [pattern, properties] of patterns) {
        if (pattern.startsWith('(memory:Memory {userId: $scope.userId}')) continue
        expect(properties, cypher).toMatch(/^ \{userId: \$scope\.userId, memoryId: \$scope\.memoryId/)
      }
    }
  })

  test('an apply takes the same number of them whatever it writes and removes, and each read one', async () => {
    let count = 0
    const driver = watchedDriver(sharedDriver(), (statement) => {
      count += 1
      return statement
    })
    const countOf = async (call: () => Promise<unknown>) => {
      count = 0
      await call()
      return count
    }
    const graph = memoryOf(openStore({ driver }), 'alice')
    let { head } = await write(graph, {})
    const counts: number[] = []
    for (const size of [0, 1, 500]) {
      const applying = async () => {
        head = (await graph.apply(changesOf(size), { applyId: `${size}`, expect: head, generation: 'g1' })).head
      }
      counts.push(await countOf(applying))
    }
    expect(new Set(counts).size).toBe(1)
    const segments = async () => {
      for await (const _ of graph.segments(0));
    }
    const reads = [
      () => graph.head(),
      () => graph.get('chunks', []),
      () => graph.get('chunks', numberedIds(500)),
      () => graph.episodesOfKeys(numberedIds(500)),
      () => graph.sensesOfBlocks(['block']),
      () => graph.segmentInfos(),
      segments,
      () => graph.count(),
    ]
    for (const read of reads) expect(await countOf(read)).toBe(1)
  })
})

function changesOf(count: number): GraphChanges {
  const ids = numberedIds(count, `of-${count}`)
  return {
    put: Object.fromEntries(recordKinds.map((kind) => [kind, ids.map((id) => build[kind](id))])),
    retire: { episodeIds: ids, at: 1 },
    remove: Object.fromEntries(recordKinds.map((kind) => [kind, ids.slice(0, 100)])),
    putSegments: ids.slice(0, 50).map((id, at) => segment(id, at + 1)),
    dropSegmentIds: ids.slice(40),
  }
}
