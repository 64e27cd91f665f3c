import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { scope } from '@graphmem/core/spec'
import { expect, test } from 'vitest'
import { ofUser, scoped } from '../src/scoped-statements.ts'

const alice = scope({ userId: "o'hara", memoryId: '{scope}' })

test('a statement is bound to its scope by parameters, never by text', () => {
  const { cypher, parameters } = scoped(alice, 'MATCH (it:Chunk {{scope}, id: $given.id}) RETURN it')
  expect(cypher).toBe('MATCH (it:Chunk {userId: $scope.userId, memoryId: $scope.memoryId, id: $given.id}) RETURN it')
  expect(parameters.scope).toEqual({ userId: "o'hara", memoryId: '{scope}' })
})

test('a statement without a place for its scope does not compile', () => {
  // @ts-expect-error no scope
  scoped(alice, 'MATCH (it:Chunk) RETURN it')
  // @ts-expect-error no user
  ofUser(alice.userId, 'MATCH (it:Chunk) RETURN it')
})

test('no parameter of a statement takes the place of its scope', () => {
  const { parameters } = scoped(alice, 'MATCH (it:Chunk {{scope}}) RETURN it', { userId: 'bob', memoryId: 'other' })
  expect(parameters.scope).toEqual({ userId: "o'hara", memoryId: '{scope}' })
})

/** The doctor looks across users, which is what it is for: its statements carry no scope. No store can reach it. */
const acrossUsers = 'doctor/neo4j-doctor.ts'

test('only the module of connections, and the doctor, speak to the driver', () => {
  const folder = join(import.meta.dirname, '../src')
  const speaking = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && /^import (?!type).*'neo4j-driver'/m.test(readFileSync(join(folder, name), 'utf8')),
  )
  expect(speaking.sort()).toEqual(['connection.ts', acrossUsers])
})

test('no module of the store imports the doctor', () => {
  const folder = join(import.meta.dirname, '../src')
  const importing = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.ts$/.test(name) && !/^doctor/.test(name) && /['/]doctor/.test(readFileSync(join(folder, name), 'utf8')),
  )
  expect(importing).toEqual([])
})
