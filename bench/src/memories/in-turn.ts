import type { GraphStore } from '@graphmem/core'
import type { BenchRow } from '../bench-row.ts'
import { atMost } from '../gate.ts'
import { quantile } from '../quantile.ts'
import { randomNumbers, shuffled } from '../random.ts'
import type { Laboratory } from '../speed/laboratory.ts'
import { heapBytes } from './heap-bytes.ts'
import type { Asked, People } from './people.ts'
import { mostOverCount } from './process-bytes.ts'
import { type Answer, hitRate, watchedProcess } from './watched-process.ts'

const roundsOfAll = 3

/** Many memories under a cache that holds 50: asked one after another, round by round; and as people ask, a few of them often and most of them seldom. */
export async function inTurn(store: GraphStore, { many, bytesOf50 }: People, lab: Laboratory): Promise<readonly BenchRow[]> {
  const orders: readonly (readonly [string, readonly Asked[]])[] = [
    ['by Zipf', byZipf(many, many.length * roundsOfAll)],
    ['round by round', Array.from({ length: roundsOfAll }, () => many).flat()],
  ]
  const rows: BenchRow[] = []
  for (const [order, all] of orders) {
    lab.note(`${all.length} questions, ${order}`)
    await using watched = watchedProcess(store, bytesOf50, lab)
    const answers: Answer[] = []
    const residentMB = [residentMegabytes()]
    for (const half of [all.slice(0, all.length / 2), all.slice(all.length / 2)]) {
      for (const each of half) answers.push(await watched.ask(each))
      residentMB.push(residentMegabytes())
    }
    const { count, sizeBytes } = watched.graphMem.heldIndexes
    const whileHeld = heapBytes()
    await watched.graphMem.close()
    const ofIndexes = whileHeld - heapBytes()
    const [hits, loads] = [answers.filter(({ hit }) => hit), answers.filter(({ hit }) => !hit)]
    const of = `${many.length} memories, ${order}`
    rows.push(
      atMost(`bytes held ÷ bound, at most, ${of}`, watched.mostBytes() / bytesOf50, 1),
      atMost(`bytes of the heap that held indexes take ÷ bytes as counted, ${of}`, ofIndexes / sizeBytes, mostOverCount),
      {
        measure: `indexes held at the end; MB held; MB of bound, ${of}`,
        value: `${count}; ${megabytes(sizeBytes)}; ${megabytes(bytesOf50)}`,
      },
      { measure: `resident memory of the process: before; half way; after, MB, ${of}`, value: residentMB.join('; ') },
      { measure: `hit rate, %, ${of}`, value: 100 * hitRate(answers) },
      { measure: `recall: p50; p95, milliseconds, ${of}`, value: p50AndP95(answers) },
      { measure: `the same where the index was held; where it was read, ${of}`, value: `${p50AndP95(hits)}; ${p50AndP95(loads)}` },
    )
  }
  return rows
}

/** The nth memory in popularity is asked in proportion to 1/n, as words are used and pages are visited. Size and popularity have nothing to do with each other. */
function byZipf(memories: readonly Asked[], questions: number): readonly Asked[] {
  const random = randomNumbers(21)
  const popular = shuffled(memories, random)
  let sum = 0
  const sums = popular.map((_, place) => (sum += 1 / (place + 1)))
  return Array.from({ length: questions }, () => {
    const drawn = random() * sum
    return popular[sums.findIndex((upTo) => drawn < upTo)] as Asked
  })
}

function residentMegabytes(): string {
  return (process.memoryUsage.rss() / 1e6).toFixed(0)
}

function p50AndP95(answers: readonly Answer[]): string {
  const durations = answers.map(({ ms }) => ms)
  return durations.length === 0 ? '–' : `${quantile(durations, 0.5).toFixed(1)}; ${quantile(durations, 0.95).toFixed(1)}`
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}
