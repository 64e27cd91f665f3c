import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { runProgram, temporaryFolder } from './run-program.ts'

const says = 'I work at Google as a senior engineer'

/** A folder with a database in it, in which Alice has a memory. */
async function database(): Promise<{ readonly folder: string; readonly store: string }> {
  const folder = temporaryFolder()
  const store = `file:${folder}/one.db`
  const { code } = await runProgram(['ingest', '--text', says, '--user', 'alice', '--name', 'Alice', '--store', store])
  expect(code).toBe(0)
  return { folder, store }
}

/** An embedder for a config file: no model, but vectors of its own. */
const otherEmbedder = `{
  specVersion: 1, id: 'letters', dimensions: 26,
  embed: async (texts: string[]) => texts.map((text) => Float32Array.from({ length: 26 }, (_, at) => text.split(String.fromCharCode(97 + at)).length)),
}`

describe.concurrent('taking a memory along', { timeout: 120_000 }, () => {
  it('goes over to the embedder of the settings, which finds nothing to do the second time', async () => {
    const { folder, store } = await database()
    writeFileSync(join(folder, 'graphmem.config.ts'), `export default { embedder: ${otherEmbedder} }`)
    const alice = ['--user', 'alice', '--name', 'Alice', '--store', store]
    const refused = await runProgram(['query', 'Where do I work?', ...alice], { folder })
    expect(refused).toMatchObject({ stdout: '', code: 1 })
    expect(refused.stderr).toContain('reembed')
    const gone = await runProgram(['reembed', ...alice], { folder })
    expect(gone.code).toBe(0)
    expect(gone.stdout).toMatch(/^1 passage · 1 embedded · [\d.]+ s\n$/)
    expect(gone.stderr).toContain('1 of 1 passage')
    expect((await runProgram(['query', 'Where do I work?', ...alice], { folder })).stdout).toContain('Google')
    const again = await runProgram(['reembed', '--json', ...alice], { folder })
    expect(JSON.parse(again.stdout)).toMatchObject({ chunks: 1, embedded: 0 })
    expect((await runProgram(['query', 'Where do I work?', ...alice])).stderr).toContain('GENERATION_MISMATCH')
  })

  it('exports to a file for its owner alone, and imports it as another user’s memory', async () => {
    const { folder, store } = await database()
    const out = join(folder, 'alice.ndjson')
    const exporting = ['export', '--user', 'alice', '--store', store]
    const piped = await runProgram(exporting)
    expect(piped.code).toBe(0)
    expect((await runProgram([...exporting, '--out', out])).stdout).toBe('')
    expect(readFileSync(out, 'utf8')).toBe(piped.stdout)
    if (process.platform !== 'win32') expect(statSync(out).mode & 0o777).toBe(0o600)
    const again = await runProgram([...exporting, '--out', out])
    expect(again.code).toBe(2)
    expect(again.stderr).toContain('--force')
    const forced = await runProgram([...exporting, '--out', out, '--force', '--json'])
    expect(JSON.parse(forced.stdout)).toEqual({ file: out, records: piped.stdout.split('\n').length - 3 })
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([])

    const importing = (user: string, file: string) => ['import', file, '--user', user, '--store', `file:${folder}/two.db`]
    const imported = await runProgram(importing('bob', out))
    expect(imported.stdout).toMatch(/^imported: 1 episode · \d+ facts?\n$/)
    expect(imported.stderr).toContain('KiB')
    expect((await runProgram(['query', 'Where do I work?', '--user', 'bob', '--store', `file:${folder}/two.db`])).stdout).toContain(
      'Google',
    )
    const refused = await runProgram(importing('bob', out))
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain('NOT_EMPTY')
    const fromPipe = await runProgram([...importing('carol', '-'), '--json'], { stdin: piped.stdout })
    expect(JSON.parse(fromPipe.stdout)).toMatchObject({ records: { episodes: 1 } })
    const cut = await runProgram(importing('dan', '-'), { stdin: piped.stdout.slice(0, -40) })
    expect(cut.code).toBe(2)
    expect(cut.stderr).toMatch(/line \d+/)
    expect((await runProgram(['memories', '--user', 'dan', '--store', `file:${folder}/two.db`])).stdout).toBe('')
  })

  it('moves a memory to another store, and leaves none', async () => {
    const { folder, store } = await database()
    const moving = ['move', '--user', 'alice', '--store', store, '--to', `file:${folder}/users/{userId}.db`]
    const moved = await runProgram(moving)
    expect(moved.stdout).toMatch(/^moved: 1 episode · \d+ facts?\n$/)
    expect(existsSync(join(folder, 'users', 'alice.db'))).toBe(true)
    expect((await runProgram(['memories', '--user', 'alice', '--store', store])).stdout).toBe('')
    expect(await runProgram(moving)).toMatchObject({ code: 0, stdout: 'nothing to move\n' })
    const same = await runProgram(['move', '--user', 'alice', '--store', moving.at(-1) ?? '', '--to', moving.at(-1) ?? ''])
    expect(same.code).toBe(2)
    expect((await runProgram(['move', '--user', 'alice', '--store', store])).code).toBe(2)
  })

  it('takes the password of a store for that store alone', async () => {
    const args = ['move', '--user', 'alice', '--store', 'neo4j://127.0.0.1:1', '--to', `file:${temporaryFolder()}/b.db`]
    // Nothing listens there, which is found when both stores have been opened.
    expect((await runProgram(args, { env: { GRAPHMEM_STORE_PASSWORD: 'of the source' } })).stderr).toContain('(STORE_FAILED)')
  })

  it('examines a database of all users: 0 when nothing is wrong, else 4, with ids and no texts', async () => {
    const { folder, store } = await database()
    const examining = ['doctor', '--store', store]
    expect(await runProgram(examining)).toMatchObject({ code: 0, stdout: 'a database of GraphMem, 1 memory: nothing wrong\n' })
    const planted = new DatabaseSync(join(folder, 'one.db'))
    planted.exec("UPDATE chunks SET episode_id = 'nobody'; UPDATE segments SET bytes = x'00'")
    planted.close()
    const { code, stdout } = await runProgram(examining)
    expect(code).toBe(4)
    expect(stdout).toContain('dangling-id  1 ×')
    expect(stdout).toContain('damaged-index  1 ×')
    expect(stdout).toContain('user alice · memory default · id ')
    expect(stdout).not.toContain('Google')
    const json = await runProgram([...examining, '--json'])
    expect(json.code).toBe(4)
    expect(JSON.parse(json.stdout)).toMatchObject({
      layout: 'graphmem',
      memories: 1,
      findings: [{ code: 'dangling-id' }, { code: 'damaged-index' }],
    })
    writeFileSync(join(folder, 'text.db'), 'x'.repeat(9_999))
    expect((await runProgram(['doctor', '--store', `file:${folder}/text.db`])).code).toBe(1)
    expect((await runProgram(['doctor', '--store', `file:${folder}/none.db`])).code).toBe(2)
    expect((await runProgram(['doctor', '--store', 'memory:'])).code).toBe(2)
    expect(existsSync(join(folder, 'none.db'))).toBe(false)
  })
})
