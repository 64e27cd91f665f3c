import { ProblemError } from './problem.ts'

/** @param title the same for what is somebody else's and for what never was */
export function notFound(title: string): ProblemError {
  return new ProblemError({ status: 404, code: 'not-found', title })
}
