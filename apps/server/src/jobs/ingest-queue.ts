import type { Ingested, IngestWork, Job } from './job.ts'

/** Where what is to be ingested waits for its turn. Users take turns: who has much waiting holds up nobody but themselves. */
export interface IngestQueue extends AsyncDisposable {
  /**
   * The jobs of one user. Synchronous, no I/O.
   *
   * @param weight how many turns what the user puts in has for one of others, 1 to 12. Default 1
   */
  open(userId: string, weight?: number): UserJobs
  /** Ends all that is being watched, and whatever will be: a process that is to end leaves nobody waiting for what may take long. */
  endWatches(): void
}

/** The jobs of one user: another's are as unknown as those that never were. */
export interface UserJobs {
  /**
   * Puts work at the end of the user's line. The same `key` again, within a day, is the same job; one that failed, in whole or in part, is tried again.
   *
   * @throws ProblemError 429 when the user has too much waiting; 422 when the key was given with other work
   */
  submit(work: IngestWork, key: string | undefined): Promise<Job>
  get(id: string): Promise<Job | undefined>
  /**
   * Those of the last day, the newest first.
   *
   * @param page so many at most, after one of them. Default: all
   * @throws ProblemError 404 where there is no job to go on after
   */
  list(page?: JobPage): Promise<readonly Job[]>
  /** Takes a job out of the line, or calls it off. One that has ended stays as it is. */
  cancel(id: string): Promise<Job | undefined>
  /** Puts a job that failed, in whole or in part, or was cancelled, in the line again; not one whose text is not kept any more. */
  retry(id: string): Promise<Job | undefined>
  /** The job now, and after each change until it has ended. */
  watch(id: string, signal: AbortSignal): AsyncIterable<Job>
  /**
   * Calls all off, or those of one memory, waits until none is at work, and forgets them: nothing of what they were to ingest is left.
   *
   * @throws ProblemError 503 when one is still at work after a while: the same again goes on
   */
  erase(memoryId?: string): Promise<number>
}

interface JobPage {
  readonly limit: number
  /** The id of the last job of the page before. */
  readonly after?: string | undefined
}

/** Does the work of a job. Rejects with what a request would be told of. */
export type IngestRunner = (userId: string, work: IngestWork, options: RunOptions) => Promise<Ingested>

export interface RunOptions {
  /** When the job was first asked for, however often it is done: what comes without a time was said then. */
  readonly askedAt: Date
  readonly signal: AbortSignal
  readonly onProgress: (done: number, total: number) => void
}

export interface QueueLimits {
  /** Jobs at work at once, of all users, in this process. */
  readonly concurrency: number
  /** Jobs of one user that wait at most. */
  readonly mostWaiting: number
  /** Bytes of the work of one user's jobs that are kept at most. Of those that have ended it is dropped for others; one job may always be. */
  readonly mostBytes: number
}
