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
import type { Databases } from './databases.ts'
import { receiptOf } from './receipt.ts'
import { countsOf, headOf, rowMappings, segmentInfoOf, segmentOf } from './rows.ts'
import {
  appliedStatement,
  applyStatements,
  countStatement,
  episodesOfKeysStatement,
  eraseStatements,
  expectStatement,
  getStatement,
  headStatement,
  pageStatement,
  segmentInfosStatement,
  segmentsStatement,
  sensesOfBlocksStatement,
} from './scoped-statements.ts'

const pageSize = 256

/** Every read and write of one memory, each of them one statement or one transaction. */
export function scopedGraph(scope: Scope, databases: Databases): ScopedGraph {
  const { userId } = scope

  async function appliedBefore(applyId: string, options: CallOptions): Promise<Head | undefined> {
    const [row] = await databases.read(userId, appliedStatement(scope, applyId), options)
    return row && headOf(row)
  }

  return {
    scope,
    async head(options) {
      const [row] = await databases.read(userId, headStatement(scope), options)
      return row ? headOf(row) : { version: 0 }
    },
    async apply(changes, { applyId, expect, generation, signal }): Promise<Applied> {
      const head = { incarnation: expect.incarnation ?? crypto.randomUUID(), version: expect.version + 1, generation }
      // Segments that are merged take nothing out of the memory: only what removes records has to be cleaned up after.
      const deletes = Object.values(changes.remove ?? {}).some((ids) => ids.length > 0)
      const statements = applyStatements(scope, changes, head, { applyId, expect, generation })
      try {
        await databases.write(userId, statements, { signal, deletes })
        return { head, changed: true }
      } catch (error) {
        if (!GraphMemError.is(error) || error.code !== 'CONFLICT') throw error
        const before = await appliedBefore(applyId, { signal })
        if (!before) throw error
        return { head: before, changed: false }
      }
    },
    async get(kind, ids, options) {
      const rows = await databases.read(userId, getStatement(scope, kind, ids), options)
      return rows.map(rowMappings[kind].fromRow)
    },
    async *scan<K extends RecordKind>(kind: K, options?: CallOptions): AsyncGenerator<Records[K]> {
      let after = ''
      for (;;) {
        const rows = await databases.read(userId, pageStatement(scope, kind, after, pageSize), options)
        for (const row of rows) {
          const record = rowMappings[kind].fromRow(row)
          after = record.id
          yield record
          options?.signal?.throwIfAborted()
        }
        if (rows.length < pageSize) return
      }
    },
    async episodesOfKeys(keys, options) {
      const rows = await databases.read(userId, episodesOfKeysStatement(scope, keys), options)
      return rows.map(rowMappings.episodes.fromRow)
    },
    async sensesOfBlocks(blocks, options) {
      const rows = await databases.read(userId, sensesOfBlocksStatement(scope, blocks), options)
      return rows.map(rowMappings.senses.fromRow)
    },
    async segmentInfos(options) {
      return (await databases.read(userId, segmentInfosStatement(scope), options)).map(segmentInfoOf)
    },
    async *segments(sinceVersion, options) {
      for (const row of await databases.read(userId, segmentsStatement(scope, sinceVersion), options)) {
        yield segmentOf(row)
        options?.signal?.throwIfAborted()
      }
    },
    async count(options) {
      const [row] = await databases.read(userId, countStatement(scope), options)
      return countsOf(row)
    },
    async erase({ expect, signal } = {}) {
      const guard = expect ? [expectStatement(scope, expect)] : []
      const erased = await databases.erase(userId, [...guard, ...eraseStatements(scope)], { signal, wholeUser: false })
      // Where there is no database, nothing looked at the head.
      if (expect && erased.counts.length === 0 && !isEmpty(expect)) throw erasedBefore()
      return receiptOf({ ...erased, counts: erased.counts.slice(guard.length) })
    },
  }
}

function isEmpty({ incarnation, version }: Head): boolean {
  return incarnation === undefined && version === 0
}

function erasedBefore(): GraphMemError {
  return new GraphMemError({
    code: 'CONFLICT',
    retryable: true,
    message: 'Cannot erase: the memory is not at the expected head, it was erased before. Read the head and call again.',
  })
}
