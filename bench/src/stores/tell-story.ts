import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { KeptAt } from './kept-at.ts'

const fromSources = import.meta.url.endsWith('.ts')
const program = fileURLToPath(
  new URL(`../../../apps/cli/${fromSources ? 'src' : 'dist'}/story/story.${fromSources ? 'ts' : 'js'}`, import.meta.url),
)

/**
 * What the story prints on a store; on the store in memory if none is given. Without the times in it, and without what an erasure could not verify,
 * which is each store's own.
 */
export async function tellStory(keptAt?: KeptAt): Promise<string> {
  const { GRAPHMEM_STORE: _, ...environment } = process.env
  const env = { ...environment, NO_COLOR: '1', ...credentials(keptAt) }
  const args = [...(fromSources ? ['--conditions=graphmem-source'] : []), program, '--store', urlOf(keptAt)]
  const { stdout } = await promisify(execFile)(process.execPath, args, { env })
  return stdout.replaceAll(/\d[\d.]* m?s\b/g, '').replaceAll(/^ *not verified: .*\n/gm, '')
}

function urlOf(keptAt: KeptAt | undefined): string {
  if (keptAt === undefined) return 'memory:'
  return 'urlTemplate' in keptAt.options ? keptAt.options.urlTemplate : keptAt.options.url
}

function credentials(keptAt: KeptAt | undefined): Readonly<Record<string, string>> {
  if (keptAt?.store === 'turso' && 'authToken' in keptAt.options) return { GRAPHMEM_STORE_TOKEN: keptAt.options.authToken ?? '' }
  if (keptAt?.store !== 'neo4j') return {}
  return { GRAPHMEM_STORE_USER: keptAt.options.username, GRAPHMEM_STORE_PASSWORD: keptAt.options.password }
}
