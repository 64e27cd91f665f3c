import { z } from 'zod'
import { checkInput } from '../check-input.ts'
import { commit } from '../commit.ts'
import { currentIndex } from '../current-index.ts'
import { contentId } from '../ids.ts'
import { mergeContents } from '../index-segments/merge-contents.ts'
import type { CorrectionInput } from '../memory.ts'
import type { MemoryContext } from '../memory-context.ts'
import { type CallOptions, type Correction, GraphMemError, type Instant } from '../spec/index.ts'

const ids = z.array(z.string()).max(10_000)
const correctionSchema = z
  .strictObject({
    verdict: z.enum(['retract', 'restore', 'pin', 'unpin']),
    factIds: ids.optional(),
    decisionIds: ids.optional(),
    reason: z.string().max(2_000).optional(),
  })
  .refine(({ factIds, decisionIds }) => (factIds?.length ?? 0) + (decisionIds?.length ?? 0) > 0, 'names neither facts nor decisions')
  .refine(
    ({ verdict, decisionIds }) => decisionIds === undefined || verdict === 'retract' || verdict === 'restore',
    'can only retract or restore decisions',
  )

/** Records what the user says of facts and merges. @throws GraphMemError `INPUT_INVALID` when one of them is not there. */
export async function correct(context: MemoryContext, input: CorrectionInput, options: CallOptions): Promise<void> {
  const { verdict, factIds = [], decisionIds = [], reason } = checkInput(correctionSchema, input, 'correct', 'correction')
  const write = () =>
    commit(
      context,
      async () => {
        const facts = await context.graph.get('facts', factIds, options)
        const decisions = await context.graph.get('decisions', decisionIds, options)
        const field = facts.length < new Set(factIds).size ? 'factIds' : 'decisionIds'
        if (facts.length < new Set(factIds).size || decisions.length < new Set(decisionIds).size) {
          throw new GraphMemError({
            code: 'INPUT_INVALID',
            field,
            message: `Cannot correct: ${field}: the memory has nothing of one of the ids.`,
          })
        }
        const targets = [
          ...facts.map(({ id }) => ({ kind: 'facts', id }) as const),
          ...decisions.map(({ id }) => ({ kind: 'decisions', id }) as const),
        ]
        const { index } = await currentIndex(context, options)
        const recordedAt = afterAllOf(new Set(targets.map(({ id }) => id)), index.corrections, context.now())
        const taken = new Set(index.corrections.map(({ id }) => id))
        const corrections = targets.map((target): Correction => {
          const id = nextId(verdict, target.id, taken)
          return { id, verdict, target, recordedAt, ...(reason === undefined ? {} : { reason }) }
        })
        return { changes: { put: { corrections } }, delta: { ...mergeContents([]), corrections } }
      },
      options,
    )
  await context.writes.run(context.graph, write)
}

/** Now, or the first moment after what was said of these before: the latest holds, also within a millisecond and when clocks differ. */
function afterAllOf(targetIds: ReadonlySet<string>, corrections: readonly Correction[], now: Instant): Instant {
  const before = corrections.filter(({ target }) => targetIds.has(target.id)).map(({ recordedAt }) => recordedAt + 1)
  return before.reduce((latest, next) => Math.max(latest, next), now)
}

/** The same verdict, given again later, is another correction. Versions cannot tell them apart: those of a memory that was moved begin anew. */
function nextId(verdict: Correction['verdict'], targetId: string, taken: ReadonlySet<string>): string {
  for (let times = 1; ; times += 1) {
    const id = contentId('correction', verdict, targetId, times)
    if (!taken.has(id)) return id
  }
}
