import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Runs a command of a build, in silence; where it fails, what it said last is printed. @returns what it printed */
export async function buildStep(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  try {
    const { stdout } = await run(command, args, { env: { ...process.env, ...env }, maxBuffer: Infinity })
    return stdout.trim()
  } catch (error) {
    const { message = '', stdout = '' } = Object(error) as { readonly message?: string; readonly stdout?: string }
    console.error(`${stdout}\n${message}`.slice(-10_000))
    throw new Error(`its build failed in ${command}, as printed above`)
  }
}
