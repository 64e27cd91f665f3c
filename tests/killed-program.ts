import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** Runs a program of `programs/` in a process of its own, and kills it so long after it said that it begins; whether it was done by then. */
export async function killedProgram(name: string, args: readonly string[], afterMs: number): Promise<boolean> {
  const program = join(import.meta.dirname, 'programs', name)
  const child = spawn(process.execPath, ['--conditions=graphmem-source', program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  await new Promise<void>((resolve) => {
    child.once('close', resolve)
    child.stdout.on('data', (bytes) => {
      said += String(bytes)
      if (said.includes('begins')) void wait(afterMs).then(() => child.kill('SIGKILL'))
    })
  })
  return said.includes('done')
}
