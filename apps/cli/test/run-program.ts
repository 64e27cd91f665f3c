import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  /** What is piped in; nothing by default. */
  readonly stdin?: string | Uint8Array
  readonly env?: Readonly<Record<string, string>>
  /** Called with all of standard error so far, and a way to send a signal. */
  readonly onStderr?: (stderr: string, kill: (signal: NodeJS.Signals) => void) => void
  /** Closes standard output before the program writes to it. */
  readonly closeStdout?: boolean
  /** The folder it runs in; this one by default. */
  readonly folder?: string
  /** Another entry than the program's own, in `src`. */
  readonly entry?: string
}

/** Halves the time that each of many processes takes to start. */
const compileCache = join(tmpdir(), 'graphmem-compile-cache')
const sources = new URL('../src/', import.meta.url)

/** Runs the real program in a process of its own, without the settings of the machine. */
export function runProgram(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^GRAPHMEM_(?!DATASETS$)/.test(name)))
  const child = spawn(
    process.execPath,
    ['--conditions=graphmem-source', fileURLToPath(new URL(options.entry ?? 'main.ts', sources)), ...args],
    {
      cwd: options.folder,
      env: { ...env, NO_COLOR: '1', NODE_COMPILE_CACHE: compileCache, ...options.env },
    },
  )
  let stdout = ''
  let stderr = ''
  if (options.closeStdout) child.stdout.destroy()
  child.stdout.on('data', (bytes) => {
    stdout += String(bytes)
  })
  child.stderr.on('data', (bytes) => {
    stderr += String(bytes)
    options.onStderr?.(stderr, (signal) => child.kill(signal))
  })
  // A program that refuses its arguments doesn't read what is piped in.
  child.stdin.on('error', () => {})
  child.stdin.end(options.stdin ?? '')
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

const root = mkdtempSync(join(tmpdir(), 'graphmem-cli-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** A new folder, removed after the tests of the file. */
export function temporaryFolder(): string {
  return mkdtempSync(join(root, 'f-'))
}
