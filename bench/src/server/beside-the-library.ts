import type { BenchRow } from '../bench-row.ts'
import { atMost } from '../gate.ts'
import { quantile } from '../quantile.ts'
import { closedLoop } from './closed-loop.ts'
import { errorRows } from './error-rows.ts'
import { libraryProcess } from './library-process.ts'
import type { SaidFile } from './said-file.ts'
import { serverProcess } from './server-process.ts'
import { durationsOf, middleAndHigh, perSecond, type Timings, together } from './timings.ts'
import { mixed } from './user-work.ts'
import { workersOverHttp } from './workers-over-http.ts'

export interface BesideTheLibrary {
  readonly said: SaidFile
  /** So many, each with a memory, and with a connection to the server. */
  readonly users: number
  readonly rounds: number
  readonly roundMs: number
  readonly practiceMs: number
  readonly note: (text: string) => void
}

/** The same users do the same by turns over HTTP and in the library, each in a process that goes on from round to round. */
export async function besideTheLibrary(options: BesideTheLibrary): Promise<readonly BenchRow[]> {
  const { said, users, rounds, roundMs, practiceMs, note } = options
  const forServer = await said.copy()
  await using server = await serverProcess(forServer.folder, { GRAPHMEM_STORE: forServer.url })
  await using library = await libraryProcess(users, { GRAPHMEM_STORE: (await said.copy()).url })
  await using connections = new AsyncDisposableStack()
  const workers = await workersOverHttp(server, users, connections)
  note(`${users} connections, practice`)
  const practice = [await closedLoop(workers, practiceMs), await library.work(practiceMs)]
  const served: Timings[] = []
  const called: Timings[] = []
  for (let round = 0; round < rounds; round++) {
    note(`${users} connections, round ${round + 1} of ${rounds}`)
    served.push(await closedLoop(workers, roundMs))
    called.push(await library.work(roundMs))
  }
  const errors = [...practice, ...served, ...called].flatMap((each) => each.errors)
  const where = `${users} connections, ${Math.round((rounds * roundMs) / 1000)} s in ${rounds} rounds, one libSQL file`
  return [...errorRows(`errors, ${where}`, errors), ...ratioRows(together(served), together(called))]
}

function ratioRows(served: Timings, called: Timings): readonly BenchRow[] {
  const ratio = (share: number) => quantile(durationsOf(served), share) / quantile(durationsOf(called), share)
  return [
    { measure: 'operations over HTTP; in the library', value: `${served.timings.length}; ${called.timings.length}` },
    { measure: 'operations a second over HTTP; in the library', value: `${perSecond(served).toFixed(0)}; ${perSecond(called).toFixed(0)}` },
    {
      measure: 'p50; p95, milliseconds, over HTTP; in the library',
      value: `${middleAndHigh(durationsOf(served))}; ${middleAndHigh(durationsOf(called))}`,
    },
    atMost('over HTTP ÷ in the library, p50', ratio(0.5), 2),
    atMost('over HTTP ÷ in the library, p95', ratio(0.95), 2),
    atMost('operations a second in the library ÷ over HTTP', perSecond(called) / perSecond(served), 2),
    ...mixed.map(([kind]) => ({
      measure: `p50; p95, milliseconds, over HTTP; in the library, ${kind}`,
      value: `${middleAndHigh(durationsOf(served, kind))}; ${middleAndHigh(durationsOf(called, kind))}`,
    })),
  ]
}
