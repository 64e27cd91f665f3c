import type { CallOptions, RecordKind, Records, Scope, ScopedGraph } from '@graphmem/core/spec'
import { applyChanges, headAt, readHead } from './apply-changes.ts'
import { countRecords, eraseMemories } from './erase-memories.ts'
import { attempt } from './errors.ts'
import { recordOf, segmentInfoOf, segmentOf } from './rows.ts'
import type { MemoryStatements } from './scoped-statements.ts'

/** How many records a scan holds at a time. No statement stays open between two pages: a scan hinders no writer. */
const pageSize = 256

/**
 * Every read and write of one memory. Lists go into a statement as one JSON parameter, however long they are. `cross join` and `indexed by` say
 * which index to use: left to itself, the planner walks through the whole memory.
 */
export function scopedGraph(scope: Scope, memory: MemoryStatements): ScopedGraph {
  return {
    scope,

    head: (options) => attempt('read the head', options, () => readHead(memory) ?? { version: 0 }),

    apply: (changes, options) => attempt('write changes', options, () => applyChanges(memory, changes, options)),

    get: <K extends RecordKind>(kind: K, ids: readonly string[], options?: CallOptions) =>
      attempt('read records', options, () => {
        const sql = `select body from json_each(:ids) as asked
          cross join records on user_id = :user and memory_id = :memory and kind = :kind and records.id = asked.value
          order by asked.key`
        return memory.all(sql, { kind, ids: JSON.stringify(ids) }).map(recordOf<K>)
      }),

    async *scan<K extends RecordKind>(kind: K, options?: CallOptions): AsyncGenerator<Records[K]> {
      const sql = `select body from records
        where user_id = :user and memory_id = :memory and kind = :kind and id > :after order by id limit :pageSize`
      for (let after: string | undefined = ''; after !== undefined; ) {
        const values = { kind, after, pageSize }
        const page: readonly Records[K][] = await attempt('scan records', options, () => memory.all(sql, values).map(recordOf<K>))
        for (const record of page) {
          options?.signal?.throwIfAborted()
          yield record
        }
        after = page.at(-1)?.id
      }
    },

    episodesOfKeys: (keys, options) =>
      attempt('read episodes', options, () => {
        const sql = `select body from records indexed by episodes_by_key
          where user_id = :user and memory_id = :memory and kind = 'episodes'
          and body ->> '$.key' in (select value from json_each(:keys)) order by id`
        return memory.all(sql, { keys: JSON.stringify(keys) }).map(recordOf<'episodes'>)
      }),

    sensesOfBlocks: (blocks, options) =>
      attempt('read senses', options, () => {
        const sql = `select body from records indexed by senses_by_block
          where user_id = :user and memory_id = :memory and kind = 'senses'
          and body ->> '$.block' in (select value from json_each(:blocks)) order by id`
        return memory.all(sql, { blocks: JSON.stringify(blocks) }).map(recordOf<'senses'>)
      }),

    segmentInfos: (options) =>
      attempt('list segments', options, () => {
        const sql = `select id, first_version, last_version, length(bytes) as size from segments
          where user_id = :user and memory_id = :memory order by first_version, last_version, id`
        return memory.all(sql).map(segmentInfoOf)
      }),

    async *segments(sinceVersion, options) {
      // All in one statement: read one after the other, they would not be of one state.
      const sql = `select * from segments where user_id = :user and memory_id = :memory and last_version > :sinceVersion
        order by first_version, last_version, id`
      for (const segment of await attempt('read segments', options, () => memory.all(sql, { sinceVersion }).map(segmentOf))) {
        options?.signal?.throwIfAborted()
        yield segment
      }
    },

    count: (options) => attempt('count records', options, () => countRecords(memory)),

    erase: (options) =>
      attempt('erase the memory', options, () =>
        eraseMemories(memory, () => {
          if (options?.expect) headAt(memory, options.expect)
          return [memory]
        }),
      ),
  }
}
