import { loadAs } from './mutating-hooks.ts'
import { sourceMutants } from './source-mutants.ts'

// Tries one mutant, by its number, and prints which check fails first; without a number, tries the sources as they are against all checks.
const [number] = process.argv.slice(2)
const mutants = sourceMutants()
const mutant = number === undefined ? undefined : mutants[Number(number)]
if (mutant !== undefined) loadAs(mutant)
const { checksOf } = await import('./source-checks.ts')
const files = mutant === undefined ? mutants.map(({ file }) => file) : [mutant.file]
const checks = new Map(files.flatMap(checksOf).map((check) => [check.name, check]))
let caught: string | undefined
for (const { name, run } of checks.values()) {
  if (caught !== undefined) break
  await run().catch((error: unknown) => {
    caught = `${name}: ${error instanceof Error ? error.message : String(error)}`
  })
}
console.log(JSON.stringify({ caught }))
process.exit()
