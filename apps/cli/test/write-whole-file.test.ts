import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as files from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { writeWholeFile } from '../src/write-whole-file.ts'
import { temporaryFolder } from './run-program.ts'

vi.mock('node:fs/promises', async (original) => {
  const actual = await original<typeof import('node:fs/promises')>()
  return { ...actual, link: vi.fn(actual.link) }
})
afterEach(() => vi.mocked(files.link).mockReset())

describe.each(['a file system', 'a file system without links'])('a file written on %s', (kind) => {
  const place = () => {
    if (kind !== 'a file system') vi.mocked(files.link).mockRejectedValue(Object.assign(new Error('no links'), { code: 'EPERM' }))
    const folder = temporaryFolder()
    return { folder, path: join(folder, 'out') }
  }

  it('has all lines, and leaves nothing beside', async () => {
    const { folder, path } = place()
    const lines = Array.from({ length: 40 }, (_, number) => `${number}${'é'.repeat(1 << 16)}\n`)
    expect(await writeWholeFile(path, lines, { force: false })).toBe(40)
    expect(readFileSync(path, 'utf8')).toBe(lines.join(''))
    expect(readdirSync(folder)).toEqual(['out'])
  })

  it('leaves one that came meanwhile as it is, but for --force', async () => {
    const { folder, path } = place()
    const lines = function* () {
      yield 'ours\n'
      writeFileSync(path, 'of another')
    }
    await expect(writeWholeFile(path, lines(), { force: false })).rejects.toMatchObject({ code: 'INPUT_INVALID', field: 'out' })
    expect(readFileSync(path, 'utf8')).toBe('of another')
    expect(await writeWholeFile(path, lines(), { force: true })).toBe(1)
    expect(readFileSync(path, 'utf8')).toBe('ours\n')
    expect(readdirSync(folder)).toEqual(['out'])
  })
})

it.skipIf(process.platform === 'win32')('a file that the disk takes only the beginning of is none', () => {
  const folder = temporaryFolder()
  const module = fileURLToPath(new URL('../src/write-whole-file.ts', import.meta.url))
  const script = `
    import { writeWholeFile } from ${JSON.stringify(module)}
    const written = writeWholeFile(${JSON.stringify(join(folder, 'out'))}, ['x'.repeat(5_000)], { force: false })
    process.stdout.write(await written.then(() => 'written', ({ code }) => code))`
  // A bound on the size of files, under which a write is cut short as on a disk that is full.
  const run = `ulimit -f 2; exec "$0" --conditions=graphmem-source --input-type=module -e "$1"`
  const env = { ...process.env, NODE_COMPILE_CACHE: '', NODE_V8_COVERAGE: '' }
  expect(execFileSync('sh', ['-c', run, process.execPath, script], { encoding: 'utf8', env })).toBe('EFBIG')
  expect(readdirSync(folder)).toEqual([])
})
