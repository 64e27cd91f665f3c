import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { serverOf } from '../src/regions/server-of.ts'

test.each([
  ['redis://h', 'rediss://user:p@ss@H:6379/3'],
  ['neo4j+s://db.example', 'bolt://db.example:7687'],
  ['libsql://{userId}-org.example', 'https://{userId}-org.example:443/'],
  ['file:data/a.db', './data/../data/a.db'],
  ['file:///data/a.db', '/data/a.db'],
  ['file:/data/{userId}.db?x=1', 'file://localhost/data/{userId}.db'],
])('%s and %s are one place', (one, other) => {
  expect(serverOf(one)).toBe(serverOf(other))
})

test.each([
  ['redis://h', 'redis://h:6380'],
  ['neo4j://eu.example', 'neo4j://us.example'],
  ['file:a.db', 'file:b.db'],
])('%s and %s are two', (one, other) => {
  expect(serverOf(one)).not.toBe(serverOf(other))
})

test('a path is told from where it is', () => {
  expect(serverOf('a.log')).toBe(resolve('a.log'))
})
