import type { GraphStore } from '@graphmem/core'
import type { BenchRow } from '../bench-row.ts'
import { atLeast } from '../gate.ts'
import { mean } from '../quantile.ts'
import { randomNumbers } from '../random.ts'
import type { Laboratory } from '../speed/laboratory.ts'
import type { Asked, People } from './people.ts'
import { type Answer, hitRate, watchedProcess } from './watched-process.ts'

const quietUsers = 30
const questionsOfEach = 6

/** Users of one memory each, whose memories would take 30 of 50 places: how often their index is held beside users who want the whole cache. */
export async function besideOthers(store: GraphStore, people: People, lab: Laboratory): Promise<readonly BenchRow[]> {
  const { many, busy, large, bytesOf50 } = people
  const step = Math.floor(many.length / quietUsers)
  const quiet = many.filter((_, place) => place % step === 0).slice(0, quietUsers)
  const [first = []] = busy
  const neighbours: readonly (readonly [string, readonly Asked[], number])[] = [
    ['alone', [], 0],
    ['beside one who asks a memory larger than the bound, 1 question to 1', [large], 1],
    ['beside one who asks 30 memories in turn, 1 to 1', first, 1],
    ['beside one who asks 30 memories in turn, 10 to 1', first, 10],
    ['beside three who ask 30 memories each in turn, 10 to 1', busy.flat(), 10],
  ]
  const rows: BenchRow[] = []
  for (const [beside, noisy, questionsToOne] of neighbours) {
    lab.note(`quiet users ${beside}`)
    await using watched = watchedProcess(store, bytesOf50, lab)
    const random = randomNumbers(31)
    const answers: Answer[] = []
    const ofNoisy: Answer[] = []
    let turn = 0
    const askNoisy = async () => {
      for (let asked = 0; asked < questionsToOne; asked++) ofNoisy.push(await watched.ask(noisy[turn++ % noisy.length] as Asked))
    }
    for (const each of quiet) {
      await askNoisy()
      await watched.ask(each)
    }
    for (let asked = 0; asked < quietUsers * questionsOfEach; asked++) {
      await askNoisy()
      answers.push(await watched.ask(quiet[Math.floor(random() * quietUsers)] as Asked))
    }
    const rates = Array.from(Map.groupBy(answers, ({ userId }) => userId).values(), hitRate)
    rows.push(atLeast(`hit rate of ${quietUsers} quiet users, lowest, %, ${beside}`, 100 * Math.min(...rates), 95), {
      measure: `hit rate of quiet users, on average; of the others, %, ${beside}`,
      value: `${(100 * mean(rates)).toFixed(0)}; ${ofNoisy.length === 0 ? '–' : (100 * hitRate(ofNoisy)).toFixed(0)}`,
    })
  }
  return rows
}
