import { GraphMemError } from '../spec/index.ts'

/** Whether an error is about what a call was given to spend: it says nothing of another that joined it. */
export function isOfBudget(error: unknown): boolean {
  return GraphMemError.is(error) && (error.code === 'BUDGET_EXCEEDED' || error.code === 'PRICE_UNKNOWN')
}
