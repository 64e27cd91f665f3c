import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import type { AuditEntry, KeptEntry, OwnEntry } from './audit-entry.ts'
import { chainStart, endMark, lineOf, linkOf } from './chain.ts'
import { sealed, unsealed } from './sealed.ts'

/** An append-only record of what was done, in a database file of its own. Several processes of one machine may share it. */
export interface AuditLog {
  /** Resolves when the entry is on the disk. Whoever waits for it is held up rather than an entry lost. */
  append(userId: string, entry: AuditEntry): Promise<void>
  /** A user's own entries, the newest first, before a number. */
  ofUser(userId: string, page: { readonly before?: number; readonly limit: number }): readonly OwnEntry[]
  /** Throws the user's key away: the entries stay, and nobody can tell any more whose they are, nor what they were about. */
  forgetUser(userId: string): void
  /** The number of entries and the last link, to be kept elsewhere: who has it can tell whether the whole file was put back to an earlier state. */
  head(): ChainHead
  close(): Promise<void>
}

export interface ChainHead {
  readonly count: number
  readonly link: string
}

interface Waiting {
  readonly userId: string
  readonly entry: AuditEntry
  readonly done: () => void
  readonly failed: (error: unknown) => void
}

/** How long another process that writes is waited for. */
const patienceMs = 10_000
const wipeAgainMs = 1_000

const tables = `
  CREATE TABLE IF NOT EXISTS entries (number INTEGER PRIMARY KEY, user TEXT NOT NULL, line TEXT NOT NULL, link TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS entries_by_user ON entries (user, number);
  CREATE TABLE IF NOT EXISTS chain_end (id INTEGER PRIMARY KEY CHECK (id = 1), count INTEGER NOT NULL, link TEXT NOT NULL, mark TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS user_keys (user_hash TEXT PRIMARY KEY, key BLOB NOT NULL) STRICT, WITHOUT ROWID;
`

/**
 * Opens a log, and makes it where there is none.
 *
 * @param path of the database file
 * @param secret of 32 bytes at least, kept apart from the file: links and pseudonyms are made with it
 */
export function openAuditLog(path: string, secret: Uint8Array): AuditLog {
  const key = createSecretKey(secret)
  const database = new DatabaseSync(path, { timeout: patienceMs })
  // An erased key is to be in no free page; an answered append is to outlive the power.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;')
  database.exec(tables)
  const statements = {
    end: database.prepare('SELECT count, link FROM chain_end'),
    setEnd: database.prepare(
      'INSERT INTO chain_end VALUES (1, ?, ?, ?) ON CONFLICT DO UPDATE SET count = excluded.count, link = excluded.link, mark = excluded.mark',
    ),
    put: database.prepare('INSERT INTO entries VALUES (?, ?, ?, ?)'),
    ofUser: database.prepare('SELECT line FROM entries WHERE user = ? AND number < ? ORDER BY number DESC LIMIT ?'),
    userKey: database.prepare('SELECT key FROM user_keys WHERE user_hash = ?'),
    putUserKey: database.prepare('INSERT INTO user_keys VALUES (?, ?)'),
    dropUserKey: database.prepare('DELETE FROM user_keys WHERE user_hash = ?'),
  }
  let waiting: Waiting[] = []
  let flushing: Promise<void> | undefined
  let wiping: NodeJS.Timeout | undefined

  const hashOf = (userId: string) => createHmac('sha256', key).update(`user ${userId}`).digest('hex')
  const keyOf = (userId: string): KeyObject | undefined => {
    const found = statements.userKey.get(hashOf(userId))?.['key']
    return found instanceof Uint8Array ? createSecretKey(found) : undefined
  }
  /** Within a transaction. */
  const madeKeyOf = (userId: string): KeyObject => {
    const found = keyOf(userId)
    if (found !== undefined) return found
    const made = randomBytes(32)
    statements.putUserKey.run(hashOf(userId), made)
    return createSecretKey(made)
  }
  const head = (): ChainHead => {
    const row = statements.end.get()
    return row === undefined ? { count: 0, link: chainStart } : { count: Number(row['count']), link: String(row['link']) }
  }

  /** One transaction for all that wait: with many at once, one write to the disk serves them all. */
  function flush(): void {
    const batch = waiting
    waiting = []
    try {
      database.exec('BEGIN IMMEDIATE')
      let { count, link } = head()
      for (const { userId, entry } of batch) {
        count += 1
        const kept = keptEntry(count, entry, madeKeyOf(userId))
        const line = lineOf(kept)
        link = linkOf(key, link, line)
        statements.put.run(count, kept.user, line, link)
      }
      statements.setEnd.run(count, link, endMark(key, count, link))
      database.exec('COMMIT')
      for (const { done } of batch) done()
    } catch (error) {
      if (database.isOpen && database.isTransaction) database.exec('ROLLBACK')
      for (const { failed } of batch) failed(error)
    }
  }

  /** Takes what was deleted out of the write-ahead log. While somebody reads the file that cannot be: it is tried again, and nobody waits for it. */
  function wipe(): void {
    clearTimeout(wiping)
    database.exec('PRAGMA busy_timeout = 0')
    const isBusy = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] !== 0
    database.exec(`PRAGMA busy_timeout = ${patienceMs}`)
    if (isBusy) wiping = setTimeout(wipe, wipeAgainMs).unref()
  }

  return {
    append: (userId, entry) =>
      new Promise((done, failed) => {
        waiting.push({ userId, entry, done, failed })
        flushing ??= new Promise((resolve) => {
          setImmediate(() => {
            flushing = undefined
            flush()
            resolve()
          })
        })
      }),
    ofUser(userId, { before = Number.MAX_SAFE_INTEGER, limit }) {
      const own = keyOf(userId)
      if (own === undefined) return []
      const rows = statements.ofUser.all(pseudonymOf(own), before, limit)
      return rows.map((row) => ownEntry(JSON.parse(String(row['line'])) as KeptEntry, own))
    },
    forgetUser(userId) {
      statements.dropUserKey.run(hashOf(userId))
      wipe()
    },
    head,
    async close() {
      await flushing
      clearTimeout(wiping)
      database.close()
    },
  }
}

function keptEntry(number: number, { memoryId, question, credentialId, ...entry }: AuditEntry, own: KeyObject): KeptEntry {
  return {
    ...entry,
    number,
    user: pseudonymOf(own),
    ...(credentialId === undefined ? {} : { credential: sealed(own, credentialId) }),
    ...(memoryId === undefined ? {} : { memory: underKey(own, 'memory', memoryId) }),
    ...(question === undefined ? {} : { question: underKey(own, 'question', question) }),
  }
}

function ownEntry({ credential, ...entry }: KeptEntry, own: KeyObject): OwnEntry {
  return credential === undefined ? entry : { ...entry, credentialId: unsealed(own, credential) }
}

function pseudonymOf(own: KeyObject): string {
  return underKey(own, 'user', '')
}

function underKey(own: KeyObject, what: string, value: string): string {
  return createHmac('sha256', own).update(`${what} ${value}`).digest('base64url').slice(0, 22)
}
