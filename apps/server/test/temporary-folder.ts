import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/**
 * A new folder, removed with all that is in it.
 *
 * @param atEnd says when. Default: when the test has ended
 */
export function temporaryFolder(atEnd: (remove: () => Promise<void>) => void = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'graphmem-server-'))
  atEnd(() => rm(folder, { recursive: true, force: true }))
  return folder
}
