import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** A folder that goes with the test; in memory where the system has such folders, for speed. */
export function tempFolder(): string {
  const folder = newFolder()
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A folder that whoever asks removes. */
export function newFolder(): string {
  return mkdtempSync(join(parent, 'graphmem-turso-'))
}
