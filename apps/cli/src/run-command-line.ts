import { readFileSync } from 'node:fs'
import { exitCodeOf } from './exit-codes.ts'
import { interruption } from './interruption.ts'
import { printError } from './print-error.ts'
import { createProgram } from './program.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { readonly version: string }

// Whoever reads the answer may have read enough of it.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit()
    fail(error)
  })
}
process.on('uncaughtException', fail)

try {
  await createProgram(version, interruption()).parseAsync()
} catch (error) {
  printError(error)
  process.exitCode = exitCodeOf(error)
}

function fail(error: unknown): void {
  printError(error)
  process.exit(exitCodeOf(error))
}
