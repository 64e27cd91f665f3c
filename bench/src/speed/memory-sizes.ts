import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { json } from 'node:stream/consumers'
import type { BenchRow } from '../bench-row.ts'
import { quantile } from '../quantile.ts'
import { startChild } from '../start-child.ts'
import { growMemory } from './grow-memory.ts'
import { type Laboratory, openGraphMem, openMemory, openStore } from './laboratory.ts'
import type { SizeCommand, SizeOutcome } from './size-command.ts'

/** What a query costs, cold and warm, and what a memory weighs, on a libSQL file of each size. */
export async function memorySizes(lab: Laboratory, sizes: readonly number[]): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = []
  for (const size of sizes) {
    lab.note(`a memory of ${size} entities`)
    const name = `size-${size}`
    const store = openStore('one libSQL file', lab, name)
    const grown = await growMemory(openMemory(openGraphMem(store, lab)), size, 7)
    await store[Symbol.asyncDispose]()
    const file = lab.newFile(`${name}.db`)
    const { coldMs, warmMs, bytesBefore, bytesAfter } = await measureApart({ file, questions: grown.questions })
    const at = `at ${grown.entities.toLocaleString('en-US')} entities`
    rows.push(
      { measure: `query, warm: p50; p95, milliseconds, ${at}`, value: p50AndP95(warmMs) },
      { measure: `query, cold: p50; p95, milliseconds, ${at}`, value: p50AndP95(coldMs) },
      { measure: `bytes on disk an entity, ${at}`, value: Math.round((await bytesOnDisk(file)) / grown.entities) },
      { measure: `resident memory of the process: before; after, MB, ${at}`, value: `${megabytes(bytesBefore)}; ${megabytes(bytesAfter)}` },
    )
  }
  return rows
}

async function measureApart(command: SizeCommand): Promise<SizeOutcome> {
  const child = startChild('speed/size-child', [], { stdio: ['pipe', 'pipe', 'inherit'] })
  if (child.stdin === null || child.stdout === null) throw new Error('The measuring child has no streams.')
  const ended = once(child, 'close')
  child.stdin.end(JSON.stringify(command))
  const outcome = await json(child.stdout)
  await ended
  return outcome as SizeOutcome
}

async function bytesOnDisk(file: string): Promise<number> {
  const sizes = await Promise.all(['', '-wal', '-shm'].map((ending) => stat(`${file}${ending}`).catch(() => undefined)))
  return sizes.reduce((sum, found) => sum + (found?.size ?? 0), 0)
}

function p50AndP95(durations: readonly number[]): string {
  return `${quantile(durations, 0.5).toFixed(1)}; ${quantile(durations, 0.95).toFixed(1)}`
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0)
}
