import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { scope } from '@graphmem/core/spec'
import { expect, test } from 'vitest'
import { ofUser, scoped } from '../src/scoped-statements.ts'

const alice = scope({ userId: "o'hara", memoryId: '{scope}' })

test('a statement is bound to its scope by parameters, never by text', () => {
  const { sql, args } = scoped(alice, 'SELECT 1 FROM memories WHERE {scope}')
  expect(sql).toBe('SELECT 1 FROM memories WHERE user_id = :userId AND memory_id = :memoryId')
  expect(args).toEqual({ userId: "o'hara", memoryId: '{scope}' })
})

test('a statement without a place for its scope does not compile', () => {
  // @ts-expect-error no scope
  scoped(alice, 'SELECT 1 FROM memories')
  // @ts-expect-error columns without values
  scoped(alice, 'INSERT INTO memories ({scopeColumns}) SELECT 1')
  // @ts-expect-error no user
  ofUser(alice.userId, 'SELECT 1 FROM memories')
})

test('no argument of a statement takes the place of its scope', () => {
  const { args } = scoped(alice, 'SELECT 1 FROM memories WHERE {scope}', { userId: 'bob', memoryId: 'other' })
  expect(args).toEqual({ userId: "o'hara", memoryId: '{scope}' })
})

/** The doctor looks across users, which is what it is for: its statements carry no scope. No store can reach it. */
const acrossUsers = ['doctor/read-database.ts', 'doctor/turso-doctor.ts']

test('only the modules of connections, what they open with, and the doctor speak to the driver', () => {
  const folder = join(import.meta.dirname, '../src')
  const speaking = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) =>
      name.endsWith('.ts') && /\.(execute|batch|transaction|executeMultiple|migrate)\(/.test(readFileSync(join(folder, name), 'utf8')),
  )
  expect(speaking.sort()).toEqual([
    'connection.ts',
    ...acrossUsers,
    'migrations/migrate.ts',
    'migrations/version-mark.ts',
    'purge.ts',
    'server-connection.ts',
  ])
})

test('no module of the store imports the doctor', () => {
  const folder = join(import.meta.dirname, '../src')
  const importing = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.ts$/.test(name) && !/^doctor/.test(name) && /['/]doctor/.test(readFileSync(join(folder, name), 'utf8')),
  )
  expect(importing).toEqual([])
})
