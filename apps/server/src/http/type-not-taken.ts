import type { Problem } from './problem.ts'

export const typeNotTaken: Problem = {
  status: 415,
  code: 'unsupported-media-type',
  title: 'The body is of no type that is taken here',
  detail: 'content-type: name the type of the body. /openapi.json has those that each path takes; application/json nearly always.',
  field: 'content-type',
}
