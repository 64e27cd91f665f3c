import { atLeast, atMost, failures, skipped, ungated } from '@graphmem/bench/gate'
import { reportText } from '@graphmem/bench/report'
import { plainTable } from '@graphmem/bench/table'
import { expect, test } from 'vitest'

const missed = atLeast('recall@5, %', 72.9, 73)
const rows = [
  missed,
  atMost('ratio', 1.5, 1.5),
  ungated(atLeast('sentences a second', 10, 1000)),
  skipped('other', 'the dataset is not there'),
]

test('the gate fails for a goal that is missed, and neither for a time nor for what was skipped', () => {
  expect(failures(rows)).toEqual([missed])
})

test('the table has a line a row and says which goal is missed', () => {
  const lines = plainTable(rows).split('\n')
  expect(lines).toHaveLength(rows.length + 1)
  expect(lines[1]).toMatch(/^recall@5, % +72\.9 +≥ 73 +NO$/)
  expect(lines[3]).toMatch(/≥ 1000 \(not gated\) +NO$/)
})

test('a report names the command, the day and the machine', () => {
  const date = new Date('2026-03-01T12:00:00Z')
  const text = reportText({ name: 'recall', about: 'About.', command: 'npm run bench -- recall', rows, date, durationMs: 61_000 })
  expect(text).toContain('`npm run bench -- recall`, which took 61 s')
  expect(text).toContain('2026-03-01')
  expect(text).toContain(`Node ${process.versions.node}`)
})
