import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '..')

test('the README tells of every code of a problem', () => {
  const sources = globSync('src/**/*.ts', { cwd: folder }).map((path) => readFileSync(join(folder, path), 'utf8'))
  const own = sources.flatMap((source) => [...source.matchAll(/\bcode: '([a-z-]+)'/g)].map(([, code]) => code))
  const told = readFileSync(join(folder, 'src/http/problem-of.ts'), 'utf8').matchAll(/^ {2}([A-Z_]+): \[/gm)
  const ofLibrary = [...told].map(([, code = '']) => code.toLowerCase().replaceAll('_', '-'))
  expect(own.length).toBeGreaterThan(20)
  expect(ofLibrary.length).toBeGreaterThan(10)
  const readme = readFileSync(join(folder, 'README.md'), 'utf8')
  const rows = readme.slice(readme.indexOf('## Errors'), readme.indexOf('## Where to look'))
  expect([...own, ...ofLibrary].filter((code) => !rows.includes(`\`${code}\``))).toEqual([])
})
