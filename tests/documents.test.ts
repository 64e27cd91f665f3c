import { execFileSync, spawnSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const folder = join(import.meta.dirname, '.documents')

interface Example {
  /** The document and the place of the example in it: `docs/concepts.md 2`. */
  readonly name: string
  readonly file: string
  readonly code: string
  /** Not so where it is marked `ts no-run`: it registers tests, which run in a runner. */
  readonly runs: boolean
}

/** The examples in `ts`. What is marked `ts sketch` names something that is not there, such as your own package. */
const examples = globSync(
  ['README.md', 'docs/**/*.md', 'packages/*/README.md', 'apps/*/README.md', 'examples/*/README.md', 'bench/README.md'],
  { cwd: root },
)
  .sort()
  .flatMap((document): readonly Example[] =>
    [...readFileSync(join(root, document), 'utf8').matchAll(/^```ts( no-run)?\n([\s\S]*?)^```/gm)].map(([, flag, code], index) => ({
      name: `${document} ${index + 1}`,
      file: `${document.replaceAll(/[^\w]+/g, '-')}-${index + 1}.ts`,
      code: code ?? '',
      runs: flag === undefined,
    })),
  )
const running = examples.filter(({ runs }) => runs)

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  for (const { file, code } of examples) writeFileSync(join(folder, file), code)
  const compilerOptions = {
    noEmit: true,
    composite: false,
    incremental: false,
    isolatedDeclarations: false,
    noUnusedLocals: false,
    rootDir: root,
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: '../../tsconfig.base.json', compilerOptions, include: ['*.ts'] }))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('examples in documents', () => {
  test('there are some', () => {
    expect(running.length).toBeGreaterThan(5)
  })

  test('compile', { timeout: 60_000 }, () => {
    const tsc = join(root, 'node_modules/.bin/tsc')
    const { stdout, status } = spawnSync(tsc, ['-p', folder], { encoding: 'utf8' })
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 })
  })

  for (const { name, file } of running) {
    test(`run: ${name}`, { timeout: 60_000 }, () => {
      const output = execFileSync(process.execPath, ['--conditions=graphmem-source', join(folder, file)], { cwd: folder, encoding: 'utf8' })
      // What a line says it prints, after `//`, is what it prints.
      for (const promised of promisedOutput(readFileSync(join(folder, file), 'utf8'))) expect(output).toContain(promised)
    })
  }
})

test('docs/write-an-adapter.md states the length of the example store', () => {
  const sources = globSync('examples/store-sqlite/src/**', { cwd: root, withFileTypes: true }).filter((entry) => entry.isFile())
  const lines = sources.flatMap(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8').trimEnd().split('\n'))
  const [, stated] = /(\d+) lines in `src\/`/.exec(readFileSync(join(root, 'docs/write-an-adapter.md'), 'utf8')) ?? []
  expect(Number(stated)).toBe(lines.length)
})

/** Comments after `console.log(…)`, up to a colon that begins an explanation. */
function promisedOutput(code: string): readonly string[] {
  return [...code.matchAll(/^console\.log\(.*\) \/\/ (.*)$/gm)].flatMap(([, comment]) => {
    const promised = comment?.split(':')[0]?.trim() ?? ''
    return /^(both|all|a |an |the )/.test(promised) ? [] : [promised]
  })
}
