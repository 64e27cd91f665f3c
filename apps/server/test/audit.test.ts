import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, test } from 'vitest'
import type { AuditEntry } from '../src/audit/audit-entry.ts'
import { openAuditLog } from '../src/audit/audit-log.ts'
import { verifyAudit } from '../src/audit/verify-audit.ts'
import { temporaryFolder } from './temporary-folder.ts'

const secret = randomBytes(32)
const entry: AuditEntry = {
  ...{ at: 1_000, action: 'query', requestId: 'r1', from: '127.0.0.1', status: 200 },
  ...{ memoryId: 'chat', question: 'Where did Marigold hide it?' },
}

let folder: string
let path: string
beforeEach(() => {
  folder = temporaryFolder()
  path = join(folder, 'audit.db')
})

async function written(count: number): Promise<void> {
  const log = openAuditLog(path, secret)
  await Promise.all(Array.from({ length: count }, (_, place) => log.append(place % 2 === 0 ? 'alice' : 'bob', { ...entry, at: place })))
  await log.close()
}

describe('an audit trail', () => {
  test('tells a user the own entries, the newest first, and nobody the text', async () => {
    await written(5)
    const log = openAuditLog(path, secret)
    expect(log.ofUser('alice', { limit: 2 }).map(({ at }) => at)).toEqual([4, 2])
    expect(log.ofUser('alice', { limit: 2, before: 3 }).map(({ at }) => at)).toEqual([0])
    expect(log.ofUser('carol', { limit: 2 })).toEqual([])
    await log.close()
    const bytes = readFileSync(path).toString('latin1')
    for (const text of ['Marigold', 'chat', 'alice']) expect(bytes).not.toContain(text)
  })

  test('is one chain, whoever of several appends to it', async () => {
    const [one, other] = [openAuditLog(path, secret), openAuditLog(path, secret)]
    await Promise.all(Array.from({ length: 40 }, (_, place) => (place % 3 === 0 ? one : other).append('alice', entry)))
    await one.close()
    await other.close()
    expect(verifyAudit(path, secret)).toEqual({ entries: 40, faults: [] })
  })

  test('verifies while others append to it', async () => {
    const program = join(import.meta.dirname, 'programs/append-audit.ts')
    const child = spawn(process.execPath, ['--conditions=graphmem-source', '--no-warnings', program, path, secret.toString('hex')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    const verdicts = Array.from({ length: 50 }, () => verifyAudit(path, secret))
    child.stdin.end()
    await once(child, 'exit')
    expect(verdicts.flatMap(({ faults }) => faults)).toEqual([])
    expect(verdicts.at(-1)?.entries).toBeGreaterThan(verdicts[0]?.entries ?? 0)
  })

  test('still verifies when a user is erased, and no longer tells whose the entries were', async () => {
    await written(6)
    const log = openAuditLog(path, secret)
    const [known] = log.ofUser('alice', { limit: 1 })
    log.forgetUser('alice')
    expect(log.ofUser('alice', { limit: 9 })).toEqual([])
    await log.append('alice', entry)
    expect(log.ofUser('alice', { limit: 9 }).map(({ user }) => user)).not.toContain(known?.user)
    await log.close()
    expect(verifyAudit(path, secret)).toEqual({ entries: 7, faults: [] })
  })

  test('tells a user by which credential it was, and whoever gave it out nothing once the user is erased', async () => {
    const log = openAuditLog(path, secret)
    await log.append('alice', { ...entry, credentialId: 'key-of-alice' })
    expect(log.ofUser('alice', { limit: 1 })).toMatchObject([{ credentialId: 'key-of-alice' }])
    log.forgetUser('alice')
    await log.close()
    expect(readFileSync(path).toString('latin1')).not.toContain('key-of-alice')
  })

  test('forgets a user without waiting for who reads the file, and wipes the key when they are through', async () => {
    await written(2)
    const log = openAuditLog(path, secret)
    await log.append('alice', entry)
    const reader = new DatabaseSync(path)
    reader.exec('BEGIN')
    const kept = reader.prepare('SELECT key FROM user_keys').get()?.['key']
    const key = Buffer.from(kept instanceof Uint8Array ? kept : [])
    expect(key).toHaveLength(32)
    const isKept = () => [path, `${path}-wal`].some((each) => readFileSync(each).includes(key))
    expect(reader.prepare('SELECT count(*) AS keys FROM user_keys').get()).toEqual({ keys: 2 })
    for (const userId of ['alice', 'bob']) log.forgetUser(userId)
    expect(isKept()).toBe(true)
    reader.exec('COMMIT')
    await expect.poll(isKept, { timeout: 20_000 }).toBe(false)
    reader.close()
    await log.close()
  })

  test('refuses what comes when it is closed', async () => {
    const log = openAuditLog(path, secret)
    await log.close()
    await expect(log.append('alice', entry)).rejects.toThrow()
  })

  test.each([
    ['a changed entry', `UPDATE entries SET line = replace(line, '200', '404') WHERE number = 2`],
    ['an entry under another user', `UPDATE entries SET user = (SELECT user FROM entries WHERE number = 1) WHERE number = 2`],
    ['a changed link', `UPDATE entries SET link = '${'f'.repeat(64)}' WHERE number = 3`],
    ['an entry taken out', 'DELETE FROM entries WHERE number = 3'],
    [
      'an entry taken out, and the rest moved up',
      'DELETE FROM entries WHERE number = 3; UPDATE entries SET number = number - 1 WHERE number > 3',
    ],
    ['the last entry cut off', 'DELETE FROM entries WHERE number = 6'],
    [
      'the last entry cut off, and the end moved up',
      'DELETE FROM entries WHERE number = 6; UPDATE chain_end SET count = 5, link = (SELECT link FROM entries WHERE number = 5)',
    ],
    ['all entries cut off', 'DELETE FROM entries; DELETE FROM chain_end'],
    ['an entry put in', `INSERT INTO entries SELECT 7, user, line, link FROM entries WHERE number = 6`],
    [
      'two entries exchanged',
      'UPDATE entries SET number = -number WHERE number < 3; UPDATE entries SET number = 3 + number WHERE number < 0',
    ],
  ])('finds %s', async (_, sql) => {
    await written(6)
    const log = openAuditLog(path, secret)
    const noted = log.head()
    await log.close()
    const database = new DatabaseSync(path)
    database.exec(sql)
    database.close()
    expect(verifyAudit(path, secret, noted).faults).not.toEqual([])
    if (!sql.includes('DELETE FROM chain_end')) expect(verifyAudit(path, secret).faults).not.toEqual([])
  })

  test('put back as a whole, is found out by a head that was noted', async () => {
    await written(2)
    const before = readFileSync(path)
    await written(2)
    const log = openAuditLog(path, secret)
    const noted = log.head()
    await log.close()
    const older = join(folder, 'older.db')
    writeFileSync(older, before)
    expect(verifyAudit(older, secret)).toEqual({ entries: 2, faults: [] })
    expect(verifyAudit(older, secret, noted).faults).toEqual(['4 entries were noted, and 2 are there'])
  })
})
