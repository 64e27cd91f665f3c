import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runProgram, temporaryFolder } from './run-program.ts'

const people = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gus', 'Hana']
const towns = ['Lisbon', 'Porto', 'Oslo', 'Bergen', 'Lyon', 'Nantes', 'Kyoto']

interface Stats {
  readonly records: { readonly episodes: number }
  readonly digest: string
}

describe('Ctrl-C', { timeout: 180_000 }, () => {
  const folder = temporaryFolder()
  const count = 2000
  const lines = Array.from({ length: count }, (_, index) =>
    JSON.stringify({ text: `${people[index % 8]} moved to ${towns[index % 7]} in ${1900 + (index % 120)} with friend number ${index}.` }),
  )
  const path = join(folder, 'lines.jsonl')
  writeFileSync(path, lines.join('\n'))

  const choice = (store: string): readonly string[] => ['--user', 'alice', '--store', `file:${folder}/${store}.db`]
  const stats = async (store: string): Promise<Stats> =>
    JSON.parse((await runProgram(['stats', ...choice(store), '--digest', '--json'])).stdout)

  it.each([
    ['once', 1],
    ['twice', 2],
  ])('pressed %s leaves nothing half-written, and the same command resumes', async (store, times) => {
    let sent = false
    const broken = await runProgram(['ingest', ...choice(store), path], {
      onStderr(stderr, kill) {
        if (sent || !/2\d %/.test(stderr)) return
        sent = true
        for (let time = 0; time < times; time++) kill('SIGINT')
      },
    })
    expect(broken).toMatchObject({ code: 130, stdout: '' })
    const half = await stats(store)
    expect(half.records.episodes).toBeGreaterThan(0)
    expect(half.records.episodes).toBeLessThan(count)

    expect((await runProgram(['ingest', ...choice(store), path])).code).toBe(0)
    expect((await runProgram(['ingest', ...choice(`${store} whole`), path])).code).toBe(0)
    const [resumed, whole] = [await stats(store), await stats(`${store} whole`)]
    expect(whole.records.episodes).toBe(count)
    expect(resumed.records).toEqual(whole.records)
    expect(resumed.digest).toBe(whole.digest)
  })
})
