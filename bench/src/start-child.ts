import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Whether the benches run from their sources; children then do too. */
const fromSources = import.meta.url.endsWith('.ts')

/** Starts a program of this package, named by its path within the sources without its ending, in a process of its own that compiles nothing twice. */
export function startChild(program: string, parameters: readonly string[], options: SpawnOptions): ChildProcess {
  const file = fileURLToPath(new URL(`./${program}.${fromSources ? 'ts' : 'js'}`, import.meta.url))
  return spawn(process.execPath, [...(fromSources ? ['--conditions=graphmem-source'] : []), file, ...parameters], {
    ...options,
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'graphmem-bench-compiled') },
  })
}
