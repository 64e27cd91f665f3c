import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runProgram, temporaryFolder } from './run-program.ts'

const ingest = ['ingest', '--user', 'alice', '--text', 'I work at Google']
const memories = ['memories', '--user', 'alice']

/** A folder of a project with a config file, which names a store in it. */
function project(): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'graphmem.config.ts'), "export default { store: 'file:./of-file.db' as string }")
  return folder
}

describe.concurrent('the settings of the program', { timeout: 120_000 }, () => {
  it('are those of the config file of the folder it runs in, and it says so', async () => {
    const folder = project()
    const { code, stderr } = await runProgram(ingest, { folder })
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('graphmem.config.ts') })
    expect(readdirSync(folder)).toContain('of-file.db')
    expect((await runProgram(memories, { folder })).stdout).toBe('default\n')
  })

  it('are those of the environment before those of the file', async () => {
    const folder = project()
    const { code, stderr } = await runProgram(ingest, { folder, env: { GRAPHMEM_STORE: 'file:./of-environment.db' } })
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('store: of GRAPHMEM_STORE') })
    expect(readdirSync(folder)).toContain('of-environment.db')
    expect(readdirSync(folder)).not.toContain('of-file.db')
  })

  it('are those of the command line before all', async () => {
    const folder = project()
    const args = [...ingest, '--store', 'file:./of-option.db']
    const { code, stderr } = await runProgram(args, { folder, env: { GRAPHMEM_STORE: 'neo4j://host', GRAPHMEM_STORE_PASSWORD: 'p' } })
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.not.stringContaining('store:') })
    expect(readdirSync(folder)).toContain('of-option.db')
  })

  it.each([
    ['a variable that is misspelt', { GRAPHMEM_STOER: 'memory:' }, 'Did you mean GRAPHMEM_STORE?'],
    ['a password for what takes none', { GRAPHMEM_STORE: 'memory:', GRAPHMEM_STORE_PASSWORD: 'hunter2' }, 'GRAPHMEM_STORE_PASSWORD'],
    ['a variable of the Python library without a like', { GRAPHMEM_USER_ID: 'alice' }, 'GRAPHMEM_USER to the program'],
  ])('with %s are refused in one line', async (_what, env, problem) => {
    const folder = temporaryFolder()
    const { code, stdout, stderr } = await runProgram(memories, { env: { XDG_DATA_HOME: folder, ...env } as Record<string, string> })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(problem)
    expect(stderr).not.toContain('hunter2')
    expect(stderr).toMatch(/graphmem: [^\n]+ \(CONFIG_INVALID\)\n$/)
    expect(readdirSync(folder)).toEqual([])
  })

  it('are told of by --help', async () => {
    const { stdout } = await runProgram(['--help'])
    for (const name of ['GRAPHMEM_STORE', 'GRAPHMEM_STORE_PASSWORD', 'GRAPHMEM_CACHE', 'graphmem.config.ts']) expect(stdout).toContain(name)
  })
})
