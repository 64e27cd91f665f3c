import { readdirSync } from 'node:fs'
import type { QueryResult } from '@graphmem/core'
import { describe, expect, it, vi } from 'vitest'
import { narrator, type Promised } from '../src/story/narrator.ts'
import { runProgram, temporaryFolder } from './run-program.ts'

const nothing: QueryResult = {
  answer: 'No information found',
  found: false,
  confidence: 0,
  citations: [],
  facts: [],
  entities: [],
  chunks: [],
  context: '',
  version: 1,
  usage: { calls: 0, inputTokens: 0, outputTokens: 0, usd: 0, items: [] },
  timings: { indexMs: 0, rankMs: 0, readMs: 0, answerMs: 0, totalMs: 0 },
}
const google: QueryResult = {
  ...nothing,
  answer: 'Google',
  found: true,
  confidence: 0.9,
  citations: [{ episodeId: 'e', chunkId: 'c', start: 0, end: 16, text: 'I work at Google' }],
}

describe('the story', { timeout: 120_000 }, () => {
  it('keeps its promises without data sets, and leaves nothing behind', async () => {
    const folder = temporaryFolder()
    const { code, stdout } = await runProgram([], { entry: 'story/story.ts', env: { GRAPHMEM_DATASETS: folder, TMPDIR: folder } })
    expect(stdout).toContain('Every promise was kept')
    expect(code).toBe(0)
    expect(readdirSync(folder)).toEqual([])
  })

  it('is the same on every store', async () => {
    const folder = temporaryFolder()
    const told = await Promise.all(
      ['memory:', `file:${folder}/one.db`, `file:${folder}/each/{userId}.db`].map(async (store) => {
        const env = { GRAPHMEM_DATASETS: folder }
        const { code, stdout } = await runProgram(['--store', store], { entry: 'story/story.ts', env })
        expect(code).toBe(0)
        // Times are no part of it.
        return stdout.replaceAll(/\d[\d.]* m?s\b/g, '')
      }),
    )
    expect(new Set(told).size).toBe(1)
  })

  it('does not erase somebody who was there before', async () => {
    const store = `file:${temporaryFolder()}/one.db`
    await runProgram(['ingest', '--user', 'bob', '--store', store, '-'], { stdin: 'I like tea' })
    const { code, stderr } = await runProgram(['--store', store], { entry: 'story/story.ts' })
    expect([code, stderr]).toEqual([2, expect.stringContaining('bob has memories there')])
    const { stdout } = await runProgram(['query', 'What do I like?', '--user', 'bob', '--store', store])
    expect(stdout).toContain('tea')
  })

  it.each<[string, QueryResult, Promised, boolean]>([
    ['the promised words', google, { words: 'Google' }, true],
    ['other words', google, { words: 'Mayo Clinic' }, false],
    ['an answer where nothing was promised', google, 'nothing', false],
    ['an answer without a citation', { ...google, citations: [] }, { words: 'Google' }, false],
    ['nothing where words were promised', nothing, { words: 'Google' }, false],
    ['nothing, with some confidence', { ...nothing, confidence: 0.1 }, 'nothing', false],
    ['nothing, in other words', { ...nothing, answer: 'I do not know' }, 'nothing', false],
    ['nothing', nothing, 'nothing', true],
  ])('judges %s', (_what, result, promised, kept) => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    const story = narrator()
    story.asked('alice asks', 'Where do I work?', result, promised)
    const printed = write.mock.calls.join('')
    write.mockRestore()
    expect(story.broken).toHaveLength(kept ? 0 : 1)
    expect(printed.includes('BROKEN PROMISE')).toBe(!kept)
  })
})
