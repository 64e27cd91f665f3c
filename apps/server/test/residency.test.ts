import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { childServer } from '@graphmem/services/child-server'
import { freePort } from '@graphmem/services/free-port'
import { optionalService } from '@graphmem/services/optional-service'
import { redisArguments, startRedis } from '@graphmem/services/redis'
import { Redis } from 'ioredis'
import { pino } from 'pino'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openServed } from '../src/regions/open-served.ts'
import { serverSettings } from '../src/server-settings.ts'
import { startServer } from '../src/start-server.ts'
import { makeApiKey } from '../src/who/api-keys.ts'
import { hashedUser } from '../src/who/hashed-user.ts'
import { asking, type Told } from './served.ts'
import { type ServerProcess, serverProcess } from './server-process.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { audience, issuer, secret, tokenOf } from './token.ts'

/** Started and ended at once: whether there is a Redis to start here. */
const hasRedis = await optionalService(startRedis)
await hasRedis?.[Symbol.asyncDispose]()

/** A region with all that is its own in one folder, and a list of all that was ever sent to its Redis. */
interface Place {
  readonly name: string
  readonly folder: string
  readonly variables: Readonly<Record<string, string>>
  readonly redis: Redis
  readonly sent: readonly string[]
}

async function place(root: string, name: string): Promise<Place> {
  const folder = join(root, name)
  mkdirSync(join(folder, 'redis'), { recursive: true })
  const port = await freePort()
  const args = [...redisArguments(port, join(folder, 'redis'))]
  args.splice(args.indexOf('--appendonly') + 1, 1, 'yes')
  const { stop } = await childServer({ command: 'redis-server', args, readyWhen: /Ready to accept connections/, timeoutMs: 20_000 })
  const redis = new Redis(port)
  const sent: string[] = []
  const monitor = await redis.monitor()
  monitor.on('monitor', (_, command: readonly string[]) => sent.push(command.join(' ')))
  onTestFinished(async () => {
    monitor.disconnect()
    redis.disconnect()
    await stop()
  })
  return { name, folder, variables: variablesIn(folder, `redis://127.0.0.1:${port}`), redis, sent }
}

function variablesIn(folder: string, redis?: string): Readonly<Record<string, string>> {
  return {
    GRAPHMEM_STORE: `file:${folder}/memories.db`,
    ...(redis === undefined ? {} : { GRAPHMEM_CACHE: redis, GRAPHMEM_SERVER_REDIS: redis }),
    GRAPHMEM_SERVER_AUDIT: join(folder, 'audit.db'),
    GRAPHMEM_SERVER_AUDIT_SECRET: `the secret of the audit trail in ${folder}`,
    GRAPHMEM_SERVER_LOG: join(folder, 'requests.log'),
  }
}

function write(folder: string, name: string, variables: Readonly<Record<string, string>>): string {
  const path = join(folder, name)
  writeFileSync(
    path,
    Object.entries(variables)
      .map(([variable, value]) => `${variable}="${value}"\n`)
      .join(''),
  )
  return path
}

function bytesOf(folder: string): Readonly<Record<string, Buffer>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile())
  return Object.fromEntries(files.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name))]))
}

/** A file by its hash; Redis writes for the queue itself, and is looked at by what it was sent. */
function stateOf({ folder }: Place): Readonly<Record<string, string>> {
  const files = Object.entries(bytesOf(folder)).filter(([path]) => !path.startsWith(join(folder, 'redis')))
  return Object.fromEntries(files.map(([path, bytes]) => [path, createHash('sha256').update(bytes).digest('hex')]))
}

interface Person {
  readonly userId: string
  readonly region: string
  /** What is nobody else's: names, ids, words of texts and questions. */
  readonly marks: readonly string[]
}

const person = (region: string, word: string): Person => {
  const userId = `${word}@example.com`
  const plain = [word, word.toLowerCase()]
  const coded = [createHash('sha256').update(userId).digest('hex'), hashedUser(userId), Buffer.from(userId).toString('base64url')]
  return { userId, region, marks: [...plain, ...coded] }
}

/** Comes to every route, and is refused something as well. */
async function liveAt({ ask }: ServerProcess, { userId, region, marks: [word = ''] }: Person): Promise<readonly Told[]> {
  const token = await tokenOf(userId, undefined, { region, name: `${word} Smith` })
  const headers = { 'memory-id': `diary-${word}`, 'x-request-id': `request-${word}` }
  const go = (path: string, options: Parameters<typeof ask>[2] = {}) =>
    ask(userId, path, { ...options, token, headers: { ...headers, ...options.headers } })
  const kept = `/v1/memories/diary-${word}`
  const ingested = await go('/v1/ingest', { body: { documents: [{ id: `d-${word}`, text: `${word} Smith lives in ${word}ville.` }] } })
  const later = await go('/v1/ingest', {
    body: { text: `I like ${word}.` },
    headers: { prefer: 'respond-async', 'idempotency-key': `key-${word}` },
  })
  const told = [
    ingested,
    later,
    await go(`/v1/jobs/${later.body.id}`, { headers: { accept: 'text/event-stream' } }),
    await go('/v1/jobs'),
    await go('/v1/query', { body: { question: `Where does ${word} Smith live?` } }),
    // From the cache.
    await go('/v1/query', { body: { question: `Where does ${word} Smith live?` } }),
    await go('/v1/query', { body: { question: `Where does ${word} Smith live?` }, headers: { accept: 'text/event-stream' } }),
    await go('/v1/memories'),
    await go(`${kept}/facts`),
    await go(`${kept}/episodes`),
    await go(`${kept}/graph`),
    await go('/v1/usage'),
    await go('/v1/audit'),
  ]
  const exported = await go('/v1/export')
  told.push(exported)
  expect(told.map(({ status }) => status)).toEqual([200, 202, ...Array(12).fill(200)])
  expect(told[4]?.body.answer).toContain(`${word}ville`)
  expect((await go('/v1/query', { body: { question: 7, [word]: word } })).status).toBe(400)
  expect((await go(`${kept}/episodes/none-${word}`, { method: 'DELETE' })).status).toBe(404)
  const another = { 'memory-id': `copy-${word}`, 'content-type': 'application/x-ndjson' }
  expect((await go('/v1/import', { body: exported.body, headers: another })).status).toBe(200)
  expect((await go(`/v1/memories/copy-${word}`, { method: 'DELETE' })).status).toBe(200)
  return told
}

describe.skipIf(hasRedis === undefined)('a server of two regions', () => {
  test('leaves no byte of a user in the other region: not in the store, the cache, the queue, the audit trail, the log', {
    timeout: 120_000,
  }, async () => {
    const root = temporaryFolder()
    const places = { eu: await place(root, 'eu'), us: await place(root, 'us') }
    const files = Object.values(places).map(({ name, variables }) => `${name}=${write(root, `${name}.env`, variables)}`)
    const server = await serverProcess({ GRAPHMEM_SERVER_REGIONS: files.join(','), GRAPHMEM_SERVER_REGION_CLAIM: 'region' })
    let printed = ''
    server.child.stdout?.on('data', (chunk) => {
      printed += chunk
    })
    // Somebody is at home in each, so that there is a store, and all the rest, that something could reach.
    await liveAt(server, person('us', 'Ulyssesberg'))
    await liveAt(server, person('eu', 'Europahain'))
    for (const [own, other, visitor] of [
      [places.eu, places.us, person('eu', 'Quillfeather')],
      [places.us, places.eu, person('us', 'Marrowbone')],
    ] as const) {
      const before = stateOf(other)
      const sentBefore = other.sent.length
      await liveAt(server, visitor)
      expect(stateOf(other)).toEqual(before)
      // What reaches it is the look of the queue for work, and the counts and answers of nobody.
      expect(other.sent.slice(sentBefore).filter((command) => /:quota:|:query:|:search:/.test(command))).toEqual([])
      for (const mark of visitor.marks) {
        expect(other.sent.join('\n')).not.toContain(mark)
        for (const [path, bytes] of Object.entries(bytesOf(other.folder))) expect(bytes.includes(mark), `${mark} in ${path}`).toBe(false)
        expect(printed).not.toContain(mark)
      }
      // And the look is a good one: where they are at home, they are found.
      expect(own.sent.join('\n')).toContain(visitor.marks[0])
      for (const file of ['memories.db', 'requests.log'])
        expect(
          Object.entries(bytesOf(own.folder)).some(([path, bytes]) => path.includes(file) && bytes.includes(visitor.marks[0] ?? '')),
        ).toBe(true)
      expect(stateOf(own)).not.toEqual(before)
    }
  })

  test('erases whom it is told to in the one region', { timeout: 120_000 }, async () => {
    const root = temporaryFolder()
    const files = ['eu', 'us'].map((name) => {
      mkdirSync(join(root, name))
      return `${name}=${write(root, `${name}.env`, variablesIn(join(root, name)))}`
    })
    const server = await serverProcess({ GRAPHMEM_SERVER_REGIONS: files.join(',') })
    const [eu, us] = [person('eu', 'Quillfeather'), person('us', 'Marrowbone')]
    for (const each of [eu, us]) await liveAt(server, each)
    const token = await tokenOf(eu.userId, undefined, { region: 'eu' })
    expect(await server.ask(eu.userId, '/v1/me', { method: 'DELETE', token })).toMatchObject({ status: 200, body: { memories: 1 } })
    for (const [path, bytes] of Object.entries(bytesOf(join(root, 'eu'))))
      if (path.includes('memories.db')) expect(bytes.includes('Quillfeather'), path).toBe(false)
    const other = await tokenOf(us.userId, undefined, { region: 'us' })
    expect((await server.ask(us.userId, '/v1/memories', { token: other })).body.memories).toEqual([{ id: 'diary-Marrowbone' }])
  })
})

/** Two regions in this process, with no more than they need. */
async function twoRegions(variables: Readonly<Record<string, string>> = {}) {
  const root = temporaryFolder()
  const files = ['eu', 'us'].map(
    (name) => `${name}=${write(root, `${name}.env`, { GRAPHMEM_STORE: 'memory:', GRAPHMEM_SERVER_LOG: join(root, `${name}.log`) })}`,
  )
  const env = {
    ...{
      GRAPHMEM_SERVER_PORT: '0',
      GRAPHMEM_SERVER_JWT_SECRET: new TextDecoder().decode(secret),
      GRAPHMEM_SERVER_REGIONS: files.join(','),
    },
    ...{ GRAPHMEM_SERVER_ISSUER: issuer, GRAPHMEM_SERVER_AUDIENCE: audience },
    ...variables,
  }
  const settings = await serverSettings(env)
  const served = await openServed(settings, env)
  const server = await startServer(served.regions, settings, pino({ enabled: false }))
  onTestFinished(async () => {
    await server.close()
    await served[Symbol.asyncDispose]()
  })
  return { ask: asking(server.url), regions: new Map(served.regions.map((region) => [region.name, region])) }
}

const noRegion = { status: 403, body: { type: 'urn:graphmem:problem:no-region' } }

describe('the region of a user', () => {
  test('is that of the token, and of nothing else; who has none is not served', async () => {
    const keyOf = (region: { region?: string }) => makeApiKey({ userId: 'alice', permissions: ['memory:read'], ...region })
    const [without, inMars, inEu] = [keyOf({}), keyOf({ region: 'mars' }), keyOf({ region: 'eu' })]
    const keys = write(temporaryFolder(), 'keys.ndjson', {})
    writeFileSync(keys, [without, inMars, inEu].map(({ stored }) => JSON.stringify(stored)).join('\n'))
    const { ask } = await twoRegions({ GRAPHMEM_SERVER_KEYS: keys })
    const claims = [undefined, '', 'mars', 'EU', 'eu ', 'eu,us', '__proto__', 'constructor', ['eu'], { eu: true }, 1, null]
    const tokens = await Promise.all(claims.map((region) => tokenOf('alice', undefined, { region })))
    for (const token of [...tokens, without.key, inMars.key]) {
      expect(await ask('alice', '/v1/memories', { token, headers: { region: 'eu', 'x-region': 'eu' } })).toMatchObject(noRegion)
      expect(await ask('alice', '/v1/query?region=eu', { token, body: { question: 'Where?', region: 'eu' } })).toMatchObject(noRegion)
    }
    for (const token of [await tokenOf('alice', undefined, { region: 'eu' }), inEu.key])
      expect((await ask('alice', '/v1/memories', { token })).status).toBe(200)
  })

  test('is that of another claim, or of the table, where one is named', async () => {
    const { ask } = await twoRegions({ GRAPHMEM_SERVER_REGION_CLAIM: 'https://example.com/home' })
    expect(await ask('alice', '/v1/memories', { token: await tokenOf('alice', undefined, { region: 'eu' }) })).toMatchObject(noRegion)
    const token = await tokenOf('alice', undefined, { 'https://example.com/home': 'eu' })
    expect((await ask('alice', '/v1/memories', { token })).status).toBe(200)
  })

  test('of the table holds, whatever a token says, and a store refuses whom the table has elsewhere', async () => {
    const homes = join(temporaryFolder(), 'homes.ndjson')
    writeFileSync(homes, '{"user":"alice","region":"eu"}\n\n{"user":"bob","region":"us"}\n{"user":"marvin","region":"mars"}\n')
    const { ask, regions } = await twoRegions({ GRAPHMEM_SERVER_HOMES: homes })
    const token = await tokenOf('alice', undefined, { region: 'us' })
    expect((await ask('alice', '/v1/ingest', { token, body: { text: 'I live in Lisbon.' } })).status).toBe(200)
    const facts = (name: string) => regions.get(name)?.graphMem.memory({ userId: 'alice', memoryId: 'default' }).facts()
    expect((await facts('eu'))?.length).toBe(1)
    await expect(async () => facts('us')).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
    for (const stranger of ['carol', 'marvin', '__proto__'])
      expect(await ask(stranger, '/v1/memories', { token: await tokenOf(stranger, undefined, { region: 'eu' }) })).toMatchObject(noRegion)
  })
})

describe('settings of regions', () => {
  const start = (variables: Readonly<Record<string, string>>) => twoRegions(variables)
  test.each<readonly [string, Readonly<Record<string, string>>, string]>([
    ['a store that is of no region', { GRAPHMEM_STORE: 'memory:' }, 'GRAPHMEM_SERVER_REGIONS'],
    ['a cache that is of no region', { GRAPHMEM_CACHE: 'memory:' }, 'GRAPHMEM_SERVER_REGIONS'],
    ['an audit trail that is of no region', { GRAPHMEM_SERVER_AUDIT: 'audit.db' }, 'GRAPHMEM_SERVER_REGIONS'],
    ['files that are not there', { GRAPHMEM_SERVER_REGIONS: 'eu=/nowhere/eu.env' }, 'GRAPHMEM_SERVER_REGIONS'],
    ['regions that are no list', { GRAPHMEM_SERVER_REGIONS: 'eu' }, 'GRAPHMEM_SERVER_REGIONS'],
    ['a region twice', { GRAPHMEM_SERVER_REGIONS: 'eu=a,eu=b' }, 'GRAPHMEM_SERVER_REGIONS'],
    ['a table without regions', { GRAPHMEM_SERVER_REGIONS: '', GRAPHMEM_SERVER_HOMES: 'homes' }, 'GRAPHMEM_SERVER_REGIONS'],
    ['a table that is not there', { GRAPHMEM_SERVER_HOMES: '/nowhere/homes' }, 'GRAPHMEM_SERVER_HOMES'],
    ['a table and a claim', { GRAPHMEM_SERVER_HOMES: 'homes', GRAPHMEM_SERVER_REGION_CLAIM: 'home' }, 'GRAPHMEM_SERVER_HOMES'],
    ['a variable that there is none of', { GRAPHMEM_SERVER_REGION: 'eu' }, 'GRAPHMEM_SERVER_REGION'],
  ])('with %s are refused by name', async (_, variables, field) => {
    await expect(start(variables)).rejects.toMatchObject({ code: 'CONFIG_INVALID', field })
  })

  test.each<readonly [string, Readonly<Record<string, string>>, string]>([
    ['no log of its own', { GRAPHMEM_STORE: 'memory:' }, 'GRAPHMEM_SERVER_LOG'],
    ['no store', { GRAPHMEM_SERVER_LOG: 'own.log' }, 'store'],
    ['a variable that is the same for all', { GRAPHMEM_STORE: 'memory:', GRAPHMEM_SERVER_PORT: '1' }, 'GRAPHMEM_SERVER_PORT'],
    [
      'a variable that there is none of',
      { GRAPHMEM_STORE: 'memory:', GRAPHMEM_SERVER_LOG: 'own.log', GRAPHMEM_STOER: 'memory:' },
      'GRAPHMEM_STOER',
    ],
    ['a log that cannot be written', { GRAPHMEM_STORE: 'memory:', GRAPHMEM_SERVER_LOG: '/nowhere/own.log' }, 'GRAPHMEM_SERVER_LOG'],
  ])('in a file with %s are refused, with the region', async (_, variables, field) => {
    const file = write(temporaryFolder(), 'mars.env', variables)
    await expect(start({ GRAPHMEM_SERVER_REGIONS: `mars=${file}` })).rejects.toMatchObject({
      ...{ code: 'CONFIG_INVALID', field },
      message: expect.stringMatching(/^Region mars: /),
    })
  })

  test.each<readonly [string, (folder: string) => Readonly<Record<string, string>>]>([
    ['is named alike', (folder) => ({ GRAPHMEM_STORE: `file:${folder}/memories.db` })],
    ['is written otherwise', (folder) => ({ GRAPHMEM_STORE: `file://${folder}/../${basename(folder)}/memories.db` })],
    ['is named as for GraphMem for Python', (folder) => ({ GRAPHMEM_TURSO_DB_PATH: `${folder}/memories.db` })],
  ])('of two in one place that %s are refused', async (_, other) => {
    const folder = temporaryFolder()
    const stores = { eu: { GRAPHMEM_STORE: `file:${folder}/memories.db` }, us: other(folder) }
    const files = Object.entries(stores).map(([name, store]) => {
      const variables = { ...store, GRAPHMEM_SERVER_LOG: join(folder, `${name}.log`) }
      return `${name}=${write(folder, `${name}.env`, variables)}`
    })
    await expect(start({ GRAPHMEM_SERVER_REGIONS: files.join(',') })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      field: 'GRAPHMEM_STORE',
    })
  })

  test.each(['alice eu', '{"user":"alice"}', '{"user":"alice","region":"eu"}\n{"user":"alice","region":"us"}'])(
    'with a table such as %j are refused, with the line',
    async (content) => {
      const homes = join(temporaryFolder(), 'homes.ndjson')
      writeFileSync(homes, content)
      await expect(start({ GRAPHMEM_SERVER_HOMES: homes })).rejects.toMatchObject({ message: expect.stringMatching(/line [12] /) })
    },
  )
})
