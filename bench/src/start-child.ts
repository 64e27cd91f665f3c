import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Whether the benches run from their sources; children then do too. */
const fromSources = import.meta.url.endsWith('.ts')
const [folder, ending] = fromSources ? ['src', 'ts'] : ['dist', 'js']

const serverFile = new URL(`../../apps/server/${folder}/main.${ending}`, import.meta.url)

/** What Node is told to run the server as it is shipped. */
export const serverArguments: readonly string[] = argumentsOf(serverFile)

/** Starts a program of this package, named by its path within the sources without its ending, in a process of its own that compiles nothing twice. */
export function startChild(program: string, parameters: readonly string[], options: SpawnOptions): ChildProcess {
  return start(new URL(`./${program}.${ending}`, import.meta.url), parameters, options)
}

/** Starts the server as it is shipped. */
export function startServerProgram(options: SpawnOptions): ChildProcess {
  return start(serverFile, [], options)
}

function start(file: URL, parameters: readonly string[], options: SpawnOptions): ChildProcess {
  return spawn(process.execPath, [...argumentsOf(file), ...parameters], {
    ...options,
    env: { ...process.env, ...options.env, NODE_COMPILE_CACHE: join(tmpdir(), 'graphmem-bench-compiled') },
  })
}

function argumentsOf(file: URL): readonly string[] {
  return [...(fromSources ? ['--conditions=graphmem-source'] : []), fileURLToPath(file)]
}
