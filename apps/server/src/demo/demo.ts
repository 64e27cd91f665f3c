import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { styleText } from 'node:util'
import { openGraphMem } from '@graphmem/config'
import { GraphMemError } from '@graphmem/core'
import { pino } from 'pino'
import { ModelCalls } from '../quotas/model-calls.ts'
import { regionSettings } from '../regions/region-settings.ts'
import { serverSettings } from '../server-settings.ts'
import { startServer } from '../start-server.ts'
import { permissions } from '../who/principal.ts'
import { signToken } from '../who/sign-token.ts'
import { curlLines } from './curl-lines.ts'
import { type Speaker, twoUsers } from './two-users.ts'

const issuer = 'https://demo.invalid'
const audience = 'graphmem'
const halfADay = 12 * 3600

const folder = mkdtempSync(join(tmpdir(), 'graphmem-demo-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
// Asked for before the server is there, so that it is heard whenever it comes.
const stopped = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])

const secret = randomBytes(32).toString('base64url')
try {
  await demonstrate()
} catch (error) {
  if (!GraphMemError.is(error)) throw error
  console.error(error.message)
  process.exitCode = 2
}

/** Serves, tells the story, and goes on until it is stopped. */
async function demonstrate(): Promise<void> {
  const env = {
    GRAPHMEM_SERVER_PORT: process.env['GRAPHMEM_SERVER_PORT'] ?? '0',
    GRAPHMEM_SERVER_JWT_SECRET: secret,
    GRAPHMEM_SERVER_ISSUER: issuer,
    GRAPHMEM_SERVER_AUDIENCE: audience,
    GRAPHMEM_SERVER_AUDIT: join(folder, 'audit.db'),
    GRAPHMEM_SERVER_AUDIT_SECRET: randomBytes(32).toString('base64url'),
  }
  const modelCalls = new ModelCalls()
  const store = pathToFileURL(join(folder, 'memory.db')).href
  await using graphMem = await openGraphMem({ store, observer: modelCalls.observer() })
  const server = await startServer(
    [{ graphMem, modelCalls, settings: regionSettings(env) }],
    await serverSettings(env),
    pino({ enabled: false }),
  )
  const [alice, bob] = await Promise.all([speaker('Alice'), speaker('Bob')])
  print(`${styleText('bold', 'GraphMem')} — a private memory for each user, over HTTP. No key, no network beyond this machine.\n`)
  const broken = await twoUsers(server.url, { alice, bob }, print)
  for (const promise of broken) print(styleText('red', `  ✗ BROKEN PROMISE: ${promise}`))
  print(`\nIt goes on at ${styleText('bold', server.url)} until Ctrl-C, and forgets all then. Tokens, good for half a day:\n`)
  for (const { name, token } of [alice, bob]) print(`${name.padEnd(6)} ${token}`)
  print('\nTo paste:\n')
  for (const line of curlLines(server.url, { alice, bob })) print(`${line}\n`)
  if (broken.length > 0) process.exitCode = 1
  await stopped
  await server.close()
}

async function speaker(name: string): Promise<Speaker> {
  const token = await signToken(name.toLowerCase(), {
    ...{ secret: new TextEncoder().encode(secret), issuer, audience, permissions, expiresInSeconds: halfADay, name },
  })
  return { name, token }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
