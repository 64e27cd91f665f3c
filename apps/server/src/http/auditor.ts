import type { Context } from 'hono'
import { addressOf } from './address-of.ts'
import { ProblemError } from './problem.ts'
import { problemOf } from './problem-of.ts'
import type { ServerEnv } from './server-env.ts'

/**
 * Records what a request did, before anybody is told what came of it. Where it cannot be recorded, nobody is told. What answers in a stream, and does not
 * know yet what will come of it, takes the record over by `recordLater`.
 */
export type Auditor = (
  c: Context<ServerEnv>,
  what: { readonly action: string; readonly memoryId: string },
  work: () => Promise<void>,
) => Promise<void>

/** Records the outcome, once: a second call does nothing. @throws ProblemError 503 */
export type RecordOutcome = (status: number) => Promise<void>

export function auditor(): Auditor {
  return async (c, { action, memoryId }, work) => {
    const { principal, region } = c.var
    const { userId, credentialId } = principal
    const log = region.audit
    let isRecorded = false
    let isLater = false
    const record: RecordOutcome = async (status) => {
      if (log === undefined || isRecorded) return
      isRecorded = true
      const { question, requestId } = c.var
      const entry = {
        ...{ at: Date.now(), action, requestId, from: addressOf(c), status, memoryId },
        ...(credentialId === undefined ? {} : { credentialId }),
        ...(question === undefined ? {} : { question }),
      }
      await log.append(userId, entry).catch(() => {
        throw new ProblemError({ status: 503, code: 'audit-failed', title: 'The audit trail cannot be written' })
      })
    }
    c.set('recordLater', () => {
      isLater = true
      return record
    })
    try {
      await work()
    } catch (error) {
      await record(problemOf(error).status)
      throw error
    }
    if (isLater && c.res.ok) return
    await record(c.res.status)
    if (action === 'erase-user' && c.res.ok) log?.forgetUser(userId)
  }
}
