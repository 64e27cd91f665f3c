import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { styleText } from 'node:util'
import { openGraphMem, readSettings } from '@graphmem/config'
import { Command } from 'commander'
import { exitCodeOf } from '../exit-codes.ts'
import { printError } from '../print-error.ts'
import { counted } from '../terminal.ts'
import { erasure } from './erasure.ts'
import { longText } from './long-text.ts'
import { milliseconds, narrator } from './narrator.ts'
import { eraseUsers, refuseIfKnown } from './story-users.ts'
import { threeMemories } from './three-memories.ts'
import { twoUsers } from './two-users.ts'

const folder = mkdtempSync(join(tmpdir(), 'graphmem-story-'))
// Also when the process is ended by a signal.
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signalName of ['SIGINT', 'SIGTERM'] as const) process.on(signalName, () => process.exit(signalName === 'SIGINT' ? 130 : 143))

const { store } = new Command('story')
  .description('Tells what GraphMem promises, and keeps it before your eyes.')
  .option('--store <url>', 'an empty store to tell it on, instead of a file that goes with the story')
  .parse()
  .opts<{ readonly store?: string }>()
try {
  await tell(store)
} catch (error) {
  printError(error)
  process.exitCode = exitCodeOf(error)
}

/** On a file of its own, or on the store that a URL names. */
async function tell(storeUrl: string | undefined): Promise<void> {
  const started = performance.now()
  const story = narrator()
  const { settings } = await readSettings({ given: { store: storeUrl ?? pathToFileURL(join(folder, 'story.db')).href } })
  await using graphMem = await openGraphMem(settings)
  await refuseIfKnown(graphMem)
  const where =
    storeUrl === undefined
      ? 'One libSQL file in a temporary folder; no key, no server, no network.'
      : 'In the store that was named; no key.'
  console.log(`${styleText('bold', 'GraphMem')} — a private memory for each user. ${where}`)
  try {
    const users = await twoUsers(graphMem, story)
    await threeMemories(graphMem, users.alice, story)
    await longText(graphMem, story)
    await erasure(graphMem, users, storeUrl === undefined ? folder : undefined, story)
  } finally {
    await eraseUsers(graphMem)
  }
  const duration = milliseconds(performance.now() - started)
  if (story.broken.length === 0) {
    console.log(`\n${styleText('green', '✓')} Every promise was kept, in ${duration}. To try it yourself: apps/cli/README.md`)
  } else {
    console.log(`\n${styleText('red', `✗ ${counted(story.broken.length, 'BROKEN PROMISE')}, in ${duration}.`)}`)
    process.exitCode = 1
  }
}
