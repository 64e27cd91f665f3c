import { GraphMemError } from '../spec/index.ts'

/** That a line is not what an export has there. It says where, and never what stood there. */
export function invalidExport(line: number, field: string, problem: string): GraphMemError {
  const where = `line ${line}: ${field}`
  return new GraphMemError({
    code: 'INPUT_INVALID',
    field: where,
    message: `Cannot import: ${where}: ${problem}. Nothing was written; give an export as it was made.`,
  })
}
