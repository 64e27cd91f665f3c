import { hasEnded, type Job } from './job.ts'
import type { Wakes } from './wakes.ts'

interface Watched {
  /** `undefined` when there is no such job, or none any more. */
  readonly read: () => Promise<Job | undefined>
  readonly changes: Wakes
  /** Under which `changes` tells of the job. */
  readonly label: string
}

/** The job now, and after each change until it has ended, or the signal is aborted. */
export async function* watchJob({ read, changes, label }: Watched, signal: AbortSignal): AsyncGenerator<Job> {
  const waker = changes.listen(label, signal)
  try {
    let before = ''
    for (;;) {
      const changed = waker.next()
      const found = await read()
      if (found === undefined) return
      const now = JSON.stringify(found)
      if (now !== before) yield found
      before = now
      if (hasEnded(found) || signal.aborted) return
      await changed
    }
  } finally {
    waker.close()
  }
}
