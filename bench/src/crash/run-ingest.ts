import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { startChild } from '../start-child.ts'
import { type IngestCommand, type IngestOutcome, marks } from './ingest-command.ts'

/** A child that ingests. */
export interface IngestRun {
  /** Called with all marks so far, whenever there are more. */
  onMarks: (marks: string) => void
  /** When the child has loaded what it needs; at its end if that comes first. */
  readonly ready: Promise<unknown>
  readonly go: () => void
  readonly kill: () => void
  readonly ended: Promise<EndedRun>
}

export interface EndedRun {
  readonly killed: boolean
  /** Whether it ended between the beginning and the end of an apply. */
  readonly insideApply: boolean
  /** Absent when it was killed. */
  readonly outcome?: IngestOutcome
}

const patienceMs = 60_000

/** Starts a child on a command. It is ended after a minute, which counts as an error. */
export function runIngest(command: IngestCommand): IngestRun {
  const child = startChild('crash/ingest-child', [JSON.stringify(command)], {
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    timeout: patienceMs,
    killSignal: 'SIGTERM',
  })
  const ready = Promise.withResolvers<void>()
  let said = ''
  const run: IngestRun = {
    onMarks: () => {},
    ready: ready.promise,
    go: () => child.stdin?.end('\n'),
    kill: () => child.kill('SIGKILL'),
    ended: ended(),
  }
  const markStream = child.stdio[3] as Readable
  markStream.setEncoding('latin1').on('data', (more: string) => {
    said += more
    if (said.startsWith(marks.ready)) ready.resolve()
    run.onMarks(said)
  })
  return run

  async function ended(): Promise<EndedRun> {
    let output = ''
    let errors = ''
    child.stdout?.setEncoding('utf8').on('data', (more: string) => {
      output += more
    })
    child.stderr?.setEncoding('utf8').on('data', (more: string) => {
      errors += more
    })
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
    ready.resolve()
    const insideApply = said.lastIndexOf(marks.begin) > said.lastIndexOf(marks.end)
    if (signal === 'SIGKILL') return { killed: true, insideApply }
    if (code !== 0) throw new Error(`The ingesting child ended with ${code ?? signal}: ${errors.trim()}`)
    return { killed: false, insideApply, outcome: JSON.parse(output) as IngestOutcome }
  }
}
