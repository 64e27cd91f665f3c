import { exec, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('npm start tells the story, and ends with lines that work when they are pasted', async () => {
  const program = spawn(process.execPath, ['--conditions=graphmem-source', '--no-warnings', 'apps/server/src/demo/demo.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  const ended = once(program, 'exit')
  const lines: string[] = []
  for await (const line of createInterface({ input: program.stdout })) {
    lines.push(line)
    if (line.endsWith('/openapi.json')) break
  }
  const told = lines.join('\n')
  expect(told).toMatch(/Alice {2}asks {2}Where do I work\? +Google/)
  expect(told).toMatch(/Bob {4}asks {2}Where does Alice work\? +No information found/)
  expect(told).not.toContain('BROKEN')
  const pasted = lines.filter((line) => line.startsWith('curl '))
  const answers: unknown[] = []
  for (const line of pasted) answers.push(JSON.parse((await promisify(exec)(line)).stdout))
  expect(answers).toMatchObject([
    { answer: 'Google', found: true },
    { answer: 'No information found', found: false, confidence: 0, citations: [] },
    { status: 'success' },
    { facts: expect.arrayContaining([expect.objectContaining({ predicate: 'lives_in' })]) },
    { entries: [{ action: 'query' }, { action: 'query' }, { action: 'query' }] },
    { openapi: '3.1.0' },
  ])
  program.kill('SIGINT')
  expect(await ended).toEqual([0, null])
})
