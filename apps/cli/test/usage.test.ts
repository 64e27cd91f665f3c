import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runProgram, temporaryFolder } from './run-program.ts'

const commands = ['ingest', 'query', 'memories', 'stats', 'show', 'export', 'import', 'move', 'erase', 'doctor', 'bench']

describe.concurrent('usage', { timeout: 120_000 }, () => {
  it('teaches by example, and names its exit codes', async () => {
    const { code, stdout, stderr } = await runProgram(['--help'])
    expect(code).toBe(0)
    expect(stderr).toBe('')
    expect(stdout).toContain('$ graphmem query "Where do I work?"')
    for (const exit of ['0', '1', '2', '3', '4', '130']) expect(stdout).toMatch(new RegExp(`^ {2}${exit} +\\S`, 'm'))
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'))
  })

  it.each(commands)('teaches %s by example', async (command) => {
    const { code, stdout } = await runProgram([command, '--help'])
    expect(code).toBe(0)
    expect(stdout).toContain(`$ graphmem ${command}`)
  })

  it('prints its help to standard error when no command is given', async () => {
    const { code, stdout, stderr } = await runProgram([])
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain('Usage: graphmem')
  })

  it('has no default user', async () => {
    const folder = temporaryFolder()
    for (const args of [
      ['query', 'Where do I work?'],
      ['ingest', '--text', 'I work at Google'],
      ['memories'],
      ['stats'],
      ['show'],
      ['export'],
      ['import', '-'],
      ['move', '--to', 'memory:'],
      ['erase', '--yes'],
    ]) {
      const { code, stdout, stderr } = await runProgram([...args, '--store', `file:${folder}/x.db`])
      expect(code, args[0]).toBe(2)
      expect(stdout).toBe('')
      expect(stderr).toContain('--user')
    }
    expect(readdirSync(folder)).toEqual([])
  })

  it.each([
    ['an empty user', ['stats', '--user', '']],
    ['a user with a control character', ['stats', '--user', 'ali\nce']],
    ['a user over 256 bytes', ['stats', '--user', 'a'.repeat(257)]],
    ['an empty memory', ['stats', '--user', 'alice', '--memory', '']],
    ['an unknown option', ['stats', '--user', 'alice', '--colour']],
    ['an unknown command', ['remember', '--user', 'alice']],
    ['two questions', ['query', '--user', 'alice', 'Who?', 'Where?']],
    ['no question', ['query', '--user', 'alice']],
    ['an empty question', ['query', '--user', 'alice', ' ']],
    ['a date that is none', ['query', '--user', 'alice', '--as-of', 'yesterday', 'Where do I work?']],
    ['the 30th of February', ['query', '--user', 'alice', '--known-at', '2024-02-30', 'Where do I work?']],
    ['a limit of 0', ['query', '--user', 'alice', '--limit', '0', 'Where do I work?']],
    ['an alias without a name', ['stats', '--user', 'alice', '--alias', 'Al']],
    ['--text beside paths', ['ingest', '--user', 'alice', '--text', 'I work at Google', 'notes.txt']],
    ['an empty text', ['ingest', '--user', 'alice', '--text', '']],
    ['an erasure that cannot ask', ['erase', '--user', 'alice']],
  ])('refuses %s in one line, and makes no store', async (_what, args) => {
    const folder = temporaryFolder()
    const { code, stdout, stderr } = await runProgram([...args, '--store', `file:${folder}/x.db`])
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^graphmem: [^\n]+\n(\(Did you mean[^\n]+\n)?$/)
    expect(readdirSync(folder)).toEqual([])
  })

  it.each(['x.db', 'http://', 'postgres://host/x', 'file:', 'file:./{user}.db'])('refuses the store %s', async (store) => {
    const { code, stderr } = await runProgram(['stats', '--user', 'alice', '--store', store])
    expect(code).toBe(2)
    expect(stderr).toContain('(CONFIG_INVALID)')
  })

  it('suggests the option that was meant', async () => {
    const { stderr } = await runProgram(['stats', '--user', 'alice', '--memroy', 'x'])
    expect(stderr).toContain('--memory')
  })

  it('prints where an error comes from only when it is asked to', async () => {
    const args = ['stats', '--user', 'alice', '--store', 'nowhere']
    expect((await runProgram(args)).stderr).not.toMatch(/^ +at /m)
    expect((await runProgram(args, { env: { GRAPHMEM_DEBUG: '1' } })).stderr).toMatch(/^ +at /m)
  })

  it('says nothing when its reader goes away', async () => {
    const { stderr } = await runProgram(['--help'], { closeStdout: true })
    expect(stderr).toBe('')
  })

  it('keeps its default store in the data folder of the user, and says where', async () => {
    const folder = temporaryFolder()
    const env = { XDG_DATA_HOME: folder }
    expect((await runProgram(['ingest', '--text', 'I work at Google'], { env: { ...env, GRAPHMEM_USER: 'alice' } })).code).toBe(0)
    const { stdout, stderr } = await runProgram(['memories', '--user', 'alice'], { env })
    expect(stdout).toBe('default\n')
    expect(stderr).toContain(join(folder, 'graphmem', 'graphmem.db'))
  })
})
