import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Ran, runProgram, temporaryFolder } from './run-program.ts'

const placements = [
  ['one shared file', 'file:FOLDER/shared.db'],
  ['one file a user', 'file:FOLDER/memories/{userId}.db'],
] as const

const people = [
  { user: 'alice', name: 'Alice', says: 'I work at Google as a senior engineer' },
  { user: 'bob', name: 'Bob', says: "I'm a doctor at Mayo Clinic" },
] as const

describe.each(placements)('on %s', { timeout: 120_000 }, (_placement, template) => {
  function program(folder: string): (user: string, ...args: readonly string[]) => Promise<Ran> {
    const store = template.replace('FOLDER', folder)
    return (user, ...args) => {
      const name = people.find((person) => person.user === user)?.name ?? 'Someone'
      return runProgram([...args, '--user', user, '--memory', 'chat', '--name', name, '--store', store])
    }
  }

  it('answers each from their own memory, and neither learns of the other', async () => {
    const run = program(temporaryFolder())
    for (const { user, says } of people) expect((await run(user, 'ingest', '--text', says)).code).toBe(0)
    const promised = [
      ['alice', 'Where do I work?', 'Google'],
      ['alice', 'Where does Alice work?', 'Google'],
      ['alice', 'What is my job?', 'senior engineer'],
      ['bob', 'What does Bob do?', 'doctor'],
      ['bob', 'Where do I work?', 'Mayo Clinic'],
    ] as const
    for (const [user, question, words] of promised) {
      const { code, stdout, stderr } = await run(user, 'query', question)
      expect(stdout, question).toContain(words)
      expect(stdout.trim().split('\n')).toHaveLength(1)
      expect(stderr).toContain('confidence')
      expect(code).toBe(0)
    }
    for (const [user, question] of [
      ['alice', 'What does Bob do?'],
      ['bob', 'Where does Alice work?'],
    ] as const) {
      expect(await run(user, 'query', question)).toEqual({ code: 3, stdout: 'No information found\n', stderr: '' })
      const { code, stdout } = await run(user, 'query', '--json', question)
      expect(code).toBe(3)
      expect(JSON.parse(stdout)).toMatchObject({ answer: 'No information found', found: false, confidence: 0, citations: [] })
    }
  })

  it('erases one user and leaves the other', async () => {
    const folder = temporaryFolder()
    const run = program(folder)
    for (const { user, says } of people) await run(user, 'ingest', '--text', says)
    expect((await run('alice', 'erase')).code).toBe(2)
    expect((await run('alice', 'memories')).stdout).toBe('chat\n')
    const erased = await run('alice', 'erase', '--all', '--yes', '--json')
    expect(JSON.parse(erased.stdout)).toMatchObject({ memories: 1, records: { episodes: 1 }, unverified: [] })
    expect(await run('alice', 'memories')).toMatchObject({ code: 0, stdout: '', stderr: 'no memories yet\n' })
    expect((await run('alice', 'query', 'Where do I work?')).code).toBe(3)
    expect((await run('bob', 'query', 'Where do I work?')).stdout).toContain('Mayo Clinic')
  })

  it('keeps hostile user ids apart', async () => {
    const folder = temporaryFolder()
    const run = program(folder)
    const users = ['a', 'A', '../../b', '%', "'; DROP TABLE episodes; --", 'Ünï çødé']
    for (const user of users) expect((await run(user, 'ingest', '--text', `I live in house ${users.indexOf(user)}`)).code, user).toBe(0)
    for (const user of users) {
      const { stdout } = await run(user, 'stats', '--json')
      expect(JSON.parse(stdout).records.episodes, user).toBe(1)
    }
    expect(readdirSync(join(folder, '..')).some((name) => name.startsWith('b.db'))).toBe(false)
  })

  it('answers as of a date, and as was known at one', async () => {
    const folder = temporaryFolder()
    const run = program(folder)
    writeFileSync(join(folder, 'said.jsonl'), '{"text": "I work at Google", "at": "2020-01-01"}\n')
    await run('alice', 'ingest', join(folder, 'said.jsonl'))
    expect((await run('alice', 'query', '--known-at', '2019-01-01', 'Where do I work?')).code).toBe(3)
    expect((await run('alice', 'query', 'Where do I work?')).stdout).toContain('Google')
  })

  it('shows an entity with its facts and neighbours', async () => {
    const run = program(temporaryFolder())
    await run('alice', 'ingest', '--text', people[0].says)
    const shown = await run('alice', 'show', 'Google')
    expect(shown.code).toBe(0)
    expect(shown.stdout).toMatch(/^Google · organisation/)
    expect(shown.stdout).toContain('neighbours: Alice')
    expect((await run('alice', 'show')).stdout).toContain('Google')
    expect(JSON.parse((await run('alice', 'show', 'Google', '--json')).stdout).facts).not.toEqual([])
    expect(await run('alice', 'show', 'Mayo Clinic')).toMatchObject({ code: 3, stdout: '' })
  })
})

describe('the store', { timeout: 120_000 }, () => {
  it('is gone with the command when it is memory:', async () => {
    const { code, stderr } = await runProgram(['ingest', '--user', 'alice', '--store', 'memory:', '--text', 'I work at Google'])
    expect(code).toBe(0)
    expect(stderr).toContain('gone when this command ends')
    expect((await runProgram(['query', '--user', 'alice', '--store', 'memory:', 'Where do I work?'])).code).toBe(3)
  })

  it('fails in one line where it cannot be written', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'file'), 'not a folder')
    const { code, stdout, stderr } = await runProgram([
      'ingest',
      '--user',
      'alice',
      '--store',
      `file:${folder}/file/x.db`,
      '--text',
      'I work at Google',
    ])
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^graphmem: [^\n]+\(STORE_\w+\)\n$/m)
    expect(stderr).not.toMatch(/^ +at /m)
  })

  it('refuses a file that is no database, and leaves it as it is', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'letter.db')
    writeFileSync(path, 'Dear Bob, this is a letter and no database at all. '.repeat(100))
    const { code, stderr } = await runProgram(['ingest', '--user', 'alice', '--store', `file:${path}`, '--text', 'I work at Google'])
    expect(code).toBe(1)
    expect(stderr).toContain('(STORE_CORRUPT)')
    expect(existsSync(path)).toBe(true)
  })
})
