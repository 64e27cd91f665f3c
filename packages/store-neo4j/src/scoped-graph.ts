import {
  type Applied,
  type CallOptions,
  GraphMemError,
  type Head,
  type RecordKind,
  type Records,
  type Scope,
  type ScopedGraph,
} from '@graphmem/core/spec'
import type { Database } from './database.ts'
import { eraseMemory } from './erase.ts'
import { countsOf, headOf, nodeMappings, type Row, segmentInfoOf, segmentOf } from './rows.ts'
import {
  appliedStatement,
  applyStatements,
  countStatement,
  episodesOfKeysStatement,
  getStatement,
  headStatement,
  pageStatement,
  type ScopedStatement,
  segmentInfosStatement,
  segmentsStatement,
  sensesOfBlocksStatement,
  settleStatement,
} from './scoped-statements.ts'

const pageSize = 256

const maxAttempts = 100

/** Every read and write of one memory, each of them one statement or one transaction. */
export function scopedGraph(scope: Scope, database: Database): ScopedGraph {
  async function appliedBefore(applyId: string, options: CallOptions): Promise<Head | undefined> {
    const [row] = await database.read(appliedStatement(scope, applyId), options)
    return row && headOf(row)
  }

  /** The rows of a statement that has seen no apply in part only. Where it has, this waits until that is done, and reads again. */
  async function settled(statement: ScopedStatement, options?: CallOptions): Promise<readonly Row[]> {
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      const rows = await database.read(statement, options)
      if (rows.every(({ unsettled }) => unsettled !== true)) return rows
      await database.write([settleStatement(scope)], { ...options })
    }
    throw new GraphMemError({
      code: 'STORE_BUSY',
      retryable: true,
      message: 'Cannot read the memory: others write it faster than it can be read, or parts of it are missing. Call again.',
    })
  }

  async function records<K extends RecordKind>(kind: K, statement: ScopedStatement, options?: CallOptions): Promise<Records[K][]> {
    const [row] = await settled(statement, options)
    return ((row?.['records'] ?? []) as readonly Row[]).map(nodeMappings[kind].fromNode)
  }

  return {
    scope,
    async head(options) {
      const [row] = await settled(headStatement(scope), options)
      return row ? headOf(row) : { version: 0 }
    },
    async apply(changes, { applyId, expect, generation, signal }): Promise<Applied> {
      const head = { incarnation: expect.incarnation ?? crypto.randomUUID(), version: expect.version + 1, generation }
      try {
        await database.write(applyStatements(scope, changes, head, { applyId, expect, generation }), { signal })
        // Who reads would have to do it otherwise; the apply itself is done.
        await database.write([settleStatement(scope)], { signal }).catch(() => undefined)
        return { head, changed: true }
      } catch (error) {
        if (!GraphMemError.is(error) || error.code !== 'CONFLICT') throw error
        const before = await appliedBefore(applyId, { signal })
        if (!before) throw error
        return { head: before, changed: false }
      }
    },
    get: (kind, ids, options) => records(kind, getStatement(scope, kind, ids), options),
    async *scan<K extends RecordKind>(kind: K, options?: CallOptions): AsyncGenerator<Records[K]> {
      let after = ''
      for (;;) {
        const page = await records(kind, pageStatement(scope, kind, after, pageSize), options)
        for (const record of page) {
          after = record.id
          yield record
          options?.signal?.throwIfAborted()
        }
        if (page.length < pageSize) return
      }
    },
    episodesOfKeys: (keys, options) => records('episodes', episodesOfKeysStatement(scope, keys), options),
    sensesOfBlocks: (blocks, options) => records('senses', sensesOfBlocksStatement(scope, blocks), options),
    async segmentInfos(options) {
      return (await settled(segmentInfosStatement(scope), options)).map(segmentInfoOf)
    },
    async *segments(sinceVersion, options) {
      for (const row of await settled(segmentsStatement(scope, sinceVersion), options)) {
        yield segmentOf(row)
        options?.signal?.throwIfAborted()
      }
    },
    async count(options) {
      const [row] = await settled(countStatement(scope), options)
      return countsOf(row)
    },
    erase: (options) => database.erase((run) => eraseMemory(run, scope, options?.expect), options),
  }
}
