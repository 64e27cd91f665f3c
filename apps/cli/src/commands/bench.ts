import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { GraphMem, type GraphStore } from '@graphmem/core'
import { memoryStore } from '@graphmem/store-memory'
import { tursoStore } from '@graphmem/store-turso'
import type { Command } from 'commander'
import { aligned, answer, answerJson, note } from '../terminal.ts'
import { wonderland } from '../wonderland.ts'

interface Measured {
  readonly store: string
  readonly sentences: number
  readonly sentencesPerSecond: number
  readonly queryP50Ms: number
  readonly queryP95Ms: number
}

const copies = 20
const rounds = 10

export function addBench(program: Command, signal: AbortSignal): void {
  program
    .command('bench')
    .summary('measure this machine')
    .description(
      'Remembers a bundled text in temporary stores, in memory and in a libSQL file, and asks questions of it. Touches no memory of yours.',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ graphmem bench
  $ graphmem bench --json`,
    )
    .action(async (_options: unknown, command: Command) => {
      const { json } = command.optsWithGlobals<{ readonly json?: true }>()
      const folder = await mkdtemp(join(tmpdir(), 'graphmem-bench-'))
      try {
        const rows = [
          await measured('memory', memoryStore(), signal),
          await measured('libSQL file', tursoStore({ url: pathToFileURL(join(folder, 'bench.db')).href }), signal),
        ]
        if (json) answerJson(rows)
        else answer(rows.map(printed).join('\n\n'))
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    })
}

async function measured(name: string, store: GraphStore, signal: AbortSignal): Promise<Measured> {
  const { localEmbedder, localReasoner } = await import('@graphmem/llm-local')
  await using open = store
  await using graphMem = new GraphMem({ store: open, reasoner: localReasoner(), embedder: localEmbedder() })
  const { text, questions } = wonderland()
  const sentences = [...new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text)].length * copies
  note(`measuring: ${name}`)
  // The first text pays for loading the language model.
  await graphMem.memory({ userId: 'bench', memoryId: 'warm' }).ingest(text, { signal })
  const memory = graphMem.memory({ userId: 'bench', memoryId: 'bench' })
  const documents = Array.from({ length: copies }, (_, index) => ({ title: `Copy ${index + 1}`, text }))
  const started = performance.now()
  await memory.ingest({ documents }, { signal })
  const seconds = (performance.now() - started) / 1000
  // The first question pays for loading the index.
  for (const [question] of questions) await memory.query(question, { signal })
  const times: number[] = []
  for (const [question] of Array.from({ length: rounds }, () => questions).flat()) {
    const asked = performance.now()
    await memory.query(question, { signal })
    times.push(performance.now() - asked)
  }
  times.sort((a, b) => a - b)
  const percentile = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return {
    store: name,
    sentences,
    sentencesPerSecond: Math.round(sentences / seconds),
    queryP50Ms: percentile(0.5),
    queryP95Ms: percentile(0.95),
  }
}

function printed({ store, sentences, sentencesPerSecond, queryP50Ms, queryP95Ms }: Measured): string {
  return aligned([
    ['store', store],
    ['ingest', `${sentencesPerSecond.toLocaleString('en')} sentences/s (${sentences.toLocaleString('en')} sentences)`],
    ['query', `p50 ${queryP50Ms.toFixed(1)} ms · p95 ${queryP95Ms.toFixed(1)} ms`],
  ])
}
