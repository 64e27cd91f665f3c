import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runProgram, temporaryFolder } from './run-program.ts'

const people = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gus', 'Hana']
const towns = ['Lisbon', 'Porto', 'Oslo', 'Bergen', 'Lyon', 'Nantes', 'Kyoto']

describe('Ctrl-C', { timeout: 180_000 }, () => {
  it('leaves nothing half-written, and the same command resumes', async () => {
    const folder = temporaryFolder()
    const lines = Array.from({ length: 4000 }, (_, index) => {
      const person = people[index % people.length]
      return JSON.stringify({
        text: `${person} moved to ${towns[index % towns.length]} in ${1900 + (index % 120)} with friend number ${index}.`,
        id: `line ${index}`,
      })
    })
    writeFileSync(join(folder, 'lines.jsonl'), lines.join('\n'))
    const args = (store: string): string[] => [
      'ingest',
      '--user',
      'alice',
      '--store',
      `file:${folder}/${store}.db`,
      join(folder, 'lines.jsonl'),
    ]
    const stats = async (store: string): Promise<{ records: { episodes: number }; digest: string }> =>
      JSON.parse((await runProgram(['stats', '--user', 'alice', '--store', `file:${folder}/${store}.db`, '--digest', '--json'])).stdout)

    let sent = false
    const broken = await runProgram(args('broken'), {
      onStderr(stderr, kill) {
        if (sent || !stderr.includes('25 %')) return
        sent = true
        kill('SIGINT')
      },
    })
    expect(broken.code).toBe(130)
    expect(broken.stdout).toBe('')
    expect(broken.stderr).toContain('the same command resumes')
    const half = await stats('broken')
    expect(half.records.episodes).toBeGreaterThan(0)
    expect(half.records.episodes).toBeLessThan(lines.length)

    expect((await runProgram(args('broken'))).code).toBe(0)
    expect((await runProgram(args('whole'))).code).toBe(0)
    const [resumed, whole] = [await stats('broken'), await stats('whole')]
    expect(resumed.records).toEqual(whole.records)
    expect(resumed.digest).toBe(whole.digest)
  })
})
