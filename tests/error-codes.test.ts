import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

/** In the type, which is gone when the code runs. */
function codesOfCore(): readonly string[] {
  const source = readFileSync(join(root, 'packages/core/src/spec/errors.ts'), 'utf8')
  return [...source.matchAll(/^ {2}\| '([A-Z_]+)'$/gm)].map(([, code = '']) => code)
}

/** In the first column of the table under "Errors". */
function codesTold(): readonly string[] {
  const [, section = ''] = readFileSync(join(root, 'docs/operations.md'), 'utf8').split('\n## Errors\n')
  const cells = [...section.matchAll(/^\| (`[^|]+) \|/gm)].map(([, cell = '']) => cell)
  return cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, code = '']) => code))
}

test('docs/operations.md says what to do about every code of an error, once, and of no other', () => {
  const codes = codesOfCore()
  expect(codes).toContain('SCOPE_INVALID')
  expect(codesTold().toSorted()).toEqual(codes.toSorted())
})
