import { type CallOptions, GraphMemError, type GraphMemErrorCode } from '@graphmem/core/spec'

/** What SQLite's result codes (https://www.sqlite.org/rescode.html) mean for who calls, and what to do next. */
const meanings: Readonly<Record<number, readonly [GraphMemErrorCode, string]>> = {
  5: ['STORE_BUSY', 'another process is writing. Try again, or wait longer by busyTimeoutMs.'],
  8: ['STORE_READ_ONLY', 'the file or its folder cannot be written. Give this process the right to.'],
  11: ['STORE_CORRUPT', 'the file is damaged. Restore it from a backup.'],
  13: ['STORE_FULL', 'the disk is full. Make room; nothing of the call was kept.'],
  14: ['STORE_FAILED', 'the file cannot be opened. See that its folder exists and may be read.'],
  26: ['STORE_CORRUPT', 'the file is no SQLite database. Give another path.'],
}

/** One call of the spec: no work once it is aborted, and errors of ours. The driver is synchronous: nothing can abort the work midway. */
export async function attempt<Result>(doing: string, options: CallOptions | undefined, work: () => Result): Promise<Result> {
  options?.signal?.throwIfAborted()
  try {
    return work()
  } catch (error) {
    throw GraphMemError.is(error) ? error : sqliteError(error, doing)
  }
}

function sqliteError(error: unknown, doing: string): GraphMemError {
  if (error instanceof Error && 'errcode' in error && typeof error.errcode === 'number') {
    // The low byte is the code; the rest says more exactly where.
    const [code, advice] = meanings[error.errcode & 0xff] ?? ['STORE_FAILED', `SQLite says ${error.errcode}; see the cause.`]
    return new GraphMemError({ code, retryable: code === 'STORE_BUSY', message: `Cannot ${doing}: ${advice}`, cause: error })
  }
  // Neither its message nor itself as the cause: a TypeError of Node quotes the value it does not like.
  const name = error instanceof Error ? error.name : typeof error
  return new GraphMemError({ code: 'STORE_FAILED', message: `Cannot ${doing}: a value cannot be stored (${name}). See what was given.` })
}
