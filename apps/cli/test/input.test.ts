import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Ran, runProgram, temporaryFolder } from './run-program.ts'

interface Workplace {
  readonly folder: string
  ingest(...args: readonly string[]): Promise<Ran>
  ingestPiped(stdin: string | Uint8Array, ...args: readonly string[]): Promise<Ran>
  records(): Promise<{ readonly episodes: number; readonly facts: number }>
  stored(): readonly string[]
}

function workplace(): Workplace {
  const folder = temporaryFolder()
  const stores = temporaryFolder()
  const choice = ['--user', 'alice', '--name', 'Alice', '--json', '--store', `file:${stores}/x.db`]
  return {
    folder,
    ingest: (...args) => runProgram(['ingest', ...choice, ...args]),
    ingestPiped: (stdin, ...args) => runProgram(['ingest', ...choice, ...args], { stdin }),
    records: async () => JSON.parse((await runProgram(['stats', ...choice])).stdout).records,
    stored: () => readdirSync(stores),
  }
}

describe.concurrent('input', { timeout: 120_000 }, () => {
  it('reads a folder with all that is in it', async () => {
    const { folder, ingest, records } = workplace()
    mkdirSync(join(folder, 'deep', '.hidden'), { recursive: true })
    writeFileSync(join(folder, 'plain.txt'), 'Google was founded in 1998.')
    writeFileSync(join(folder, 'deep', 'note.md'), '# The clinic\n\nMayo Clinic is in Rochester.')
    writeFileSync(join(folder, 'deep', 'turns.jsonl'), '{"text": "I live in Lisbon"}\n\n{"content": "Me too!", "name": "Bob"}\n')
    writeFileSync(join(folder, 'deep', '.hidden', 'secret.txt'), 'Hidden.')
    writeFileSync(join(folder, 'photo.jpg'), Buffer.from([0xff, 0xd8, 0x00]))
    writeFileSync(join(folder, 'empty.txt'), '')
    const { code, stdout } = await ingest(folder)
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ added: 4, unchanged: 0, failed: 0 })
    expect(await records()).toMatchObject({ episodes: 4 })
  })

  it('remembers the same files once', async () => {
    const { folder, ingest } = workplace()
    writeFileSync(join(folder, 'plain.txt'), 'Google was founded in 1998.')
    writeFileSync(join(folder, 'turns.jsonl'), '{"text": "Thanks!"}\n{"text": "Thanks!"}\n')
    expect(JSON.parse((await ingest(folder)).stdout)).toMatchObject({ added: 3 })
    expect(JSON.parse((await ingest(folder)).stdout)).toMatchObject({ added: 0, unchanged: 3 })
  })

  it('replaces a file that was edited, and only adds to a log that grew', async () => {
    const { folder, ingest } = workplace()
    writeFileSync(join(folder, 'plain.txt'), 'Google was founded in 1997.')
    writeFileSync(join(folder, 'log.jsonl'), '{"text": "I live in Lisbon"}\n')
    await ingest(folder)
    writeFileSync(join(folder, 'plain.txt'), 'Google was founded in 1998.')
    writeFileSync(join(folder, 'log.jsonl'), '{"text": "I live in Lisbon"}\n{"text": "I have a cat"}\n')
    expect(JSON.parse((await ingest(folder)).stdout)).toMatchObject({ added: 1, replaced: 1, unchanged: 1 })
  })

  it('takes what is piped in as said by the user, and JSON lines as what they say', async () => {
    const { ingestPiped, records } = workplace()
    expect((await ingestPiped('I work at Google.')).code).toBe(0)
    expect((await ingestPiped('{"title": "Clinic", "text": "Mayo Clinic is in Rochester."}', '-')).code).toBe(0)
    expect(await records()).toMatchObject({ episodes: 2 })
  })

  it.each([
    ['a file that is not there', 'missing.txt', undefined, 'does not exist'],
    ['a file with NUL bytes', 'data.txt', Buffer.from('I work\0 at Google'), 'NUL'],
    ['a file that is not UTF-8', 'data.md', Buffer.from([0x49, 0xff, 0xfe, 0x41]), 'UTF-8'],
    ['an empty file', 'data.txt', Buffer.from(''), 'is empty'],
    ['a file of white space', 'data.txt', Buffer.from(' \n\n'), 'is empty'],
    ['an empty file of lines', 'data.jsonl', Buffer.from('\n'), 'is empty'],
    ['a line that is not JSON', 'data.jsonl', Buffer.from('{"text": "Hello."}\n\n{"text": "Hel\n'), 'line 3'],
    ['a line that is no object', 'data.jsonl', Buffer.from('[1]\n'), 'line 1'],
    ['a line without text', 'data.jsonl', Buffer.from('{"text": "Hello."}\n{"name": "Bob"}\n'), 'line 2'],
    ['a line with a field that is none', 'data.jsonl', Buffer.from('{"text": "Hello.", "sesion": "a"}\n'), '"sesion"'],
    ['a line with a date that is none', 'data.ndjson', Buffer.from('{"text": "Hello.", "at": "soon"}\n'), '"at"'],
    ['two lines of one id', 'data.jsonl', Buffer.from('{"text": "A.", "id": "1"}\n{"text": "B.", "id": "1"}\n'), 'line 2'],
    ['a document over the longest', 'data.txt', Buffer.alloc(4_000_001, 'a'), '4,000,000'],
  ])('refuses %s before anything is written', async (_what, name, bytes, said) => {
    const { folder, ingest, stored } = workplace()
    writeFileSync(join(folder, 'good.txt'), 'Google was founded in 1998.')
    if (bytes !== undefined) writeFileSync(join(folder, name), bytes)
    const { code, stdout, stderr } = await ingest(join(folder, 'good.txt'), join(folder, name))
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^graphmem: [^\n]+\(INPUT_INVALID\)\n$/)
    expect(stderr).toContain(said)
    expect(stored()).toEqual([])
  })

  it('does not repeat what stands in a bad line', async () => {
    const { ingestPiped } = workplace()
    expect((await ingestPiped('{"text": "my secret" "}')).stderr).not.toContain('secret')
  })

  it('refuses an empty pipe, and a folder with nothing to read', async () => {
    const { folder, ingest, ingestPiped } = workplace()
    expect(await ingestPiped('')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('standard input is empty') })
    expect(await ingestPiped('', '-')).toMatchObject({ code: 2 })
    expect(await ingest(folder)).toMatchObject({ code: 2, stderr: expect.stringContaining('nothing to read') })
  })

  it('refuses another text under a used id, unless it may replace it', async () => {
    const { ingestPiped } = workplace()
    await ingestPiped('{"text": "I live in Lisbon", "id": "home"}')
    const changed = '{"text": "I live in Porto", "id": "home"}'
    expect(await ingestPiped(changed)).toMatchObject({ code: 1, stderr: expect.stringContaining('(EPISODE_CHANGED)') })
    expect(JSON.parse((await ingestPiped(changed, '--replace')).stdout)).toMatchObject({ replaced: 1 })
  })
})
