import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { styleText } from 'node:util'
import { GraphMem } from '@graphmem/core'
import { localEmbedder, localReasoner } from '@graphmem/llm-local'
import { tursoStore } from '@graphmem/store-turso'
import { counted } from '../terminal.ts'
import { erasure } from './erasure.ts'
import { longText } from './long-text.ts'
import { milliseconds, narrator } from './narrator.ts'
import { threeMemories } from './three-memories.ts'
import { twoUsers } from './two-users.ts'

const folder = mkdtempSync(join(tmpdir(), 'graphmem-story-'))
// Also when the process is ended by a signal.
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signalName of ['SIGINT', 'SIGTERM'] as const) process.on(signalName, () => process.exit(signalName === 'SIGINT' ? 130 : 143))

const started = performance.now()
const story = narrator()
console.log(
  `${styleText('bold', 'GraphMem')} — a private memory for each user. One libSQL file in a temporary folder; no key, no server, no network.`,
)
{
  await using store = tursoStore({ url: pathToFileURL(join(folder, 'story.db')).href })
  await using graphMem = new GraphMem({ store, reasoner: localReasoner(), embedder: localEmbedder() })
  const users = await twoUsers(graphMem, story)
  await threeMemories(graphMem, users.alice, story)
  await longText(graphMem, story)
  await erasure(graphMem, users, folder, story)
}
const duration = milliseconds(performance.now() - started)
if (story.broken.length === 0) {
  console.log(`\n${styleText('green', '✓')} Every promise was kept, in ${duration}. To try it yourself: apps/cli/README.md`)
} else {
  console.log(`\n${styleText('red', `✗ ${counted(story.broken.length, 'BROKEN PROMISE')}, in ${duration}.`)}`)
  process.exitCode = 1
}
