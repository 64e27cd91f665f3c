import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { childServer } from '@graphmem/services/child-server'
import { freePort } from '@graphmem/services/free-port'
import { hadolint } from '@graphmem/services/hadolint'
import { startNeo4j } from '@graphmem/services/neo4j'
import { neo4jAccess } from '@graphmem/services/neo4j-access'
import { optionalService } from '@graphmem/services/optional-service'
import { startRedis } from '@graphmem/services/redis'
import { DCLinter } from 'dclint'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type ComposeService, composeServices } from './compose-file.ts'
import { ignoredBy } from './docker-context.ts'
import { buildImage, type DockerImage, outside } from './docker-image.ts'
import { type ServerProcess, serverProcess } from './server-process.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { audience, issuer, secret } from './token.ts'

const root = join(import.meta.dirname, '../../..')
const whoComes = {
  GRAPHMEM_SERVER_JWT_SECRET: new TextDecoder().decode(secret),
  GRAPHMEM_SERVER_ISSUER: issuer,
  GRAPHMEM_SERVER_AUDIENCE: audience,
}

const folder = temporaryFolder((remove) => afterAll(remove, 120_000))
let image: DockerImage

beforeAll(async () => {
  image = await buildImage(root, folder)
}, 600_000)

function inImage(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries({ ...image.env, ...env }).map(([name, value]) => [name, outside(image, value)]))
}

/** Starts what the image starts, with more in its environment. */
async function started(env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const [node, ...program] = [...image.entrypoint, ...image.command].map((word) => outside(image, word))
  expect(node).toBe('node')
  return serverProcess(inImage({ ...env, GRAPHMEM_SERVER_PORT: String(await freePort()) }), program)
}

/** Runs a program of the image, and ends with it. */
function ran([node, ...words]: readonly string[], env: Readonly<Record<string, string>>) {
  expect(node).toBe('node')
  const args = words.map((word) => outside(image, word))
  return spawnSync(process.execPath, args, { env: inImage(env), encoding: 'utf8', timeout: 60_000 })
}

async function stopped({ child }: ServerProcess): Promise<number | null> {
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  return (await exited)[0]
}

describe('the Dockerfile', async () => {
  const linter = await optionalService(hadolint)

  test.skipIf(linter === undefined)('is as hadolint wants it', () => {
    const { status, stdout } = spawnSync(linter ?? '', ['--no-color', join(root, 'Dockerfile')], { encoding: 'utf8' })
    expect([status, stdout]).toEqual([0, ''])
  })

  test('is made from the Node of the project, of exactly that version, on glibc', () => {
    expect(image.base).toBe(`node:${readFileSync(join(root, '.node-version'), 'utf8').trim()}-bookworm-slim`)
  })

  test('leaves out what is no part of the program', () => {
    const ignored = ignoredBy(readFileSync(join(root, '.dockerignore'), 'utf8'))
    for (const path of [
      '.env',
      'apps/server/.env',
      '.git/config',
      'memory.db',
      'keys.ndjson',
      'apps/cli/node_modules/a',
      'packages/core/dist/a',
    ])
      expect([path, ignored(path)]).toEqual([path, true])
    expect(readdirSync(image.folder)).toEqual(['app', 'data'])
    expect(globSync('app/node_modules/.pnpm/@graphmem+*/**/{*.test.*,.env*}', { cwd: image.folder })).toEqual([])
  })

  test('holds no secret, and runs as nobody in particular', () => {
    expect(Object.keys(image.env).filter((name) => /SECRET|PASSWORD|TOKEN|KEY/.test(name))).toEqual([])
    expect(image.user).toBe('1000:1000')
  })
})

describe('the image', () => {
  test('serves on a file, is healthy, writes to its volume alone, and ends when it is told to', { timeout: 120_000 }, async () => {
    const before = join(folder, 'before')
    writeFileSync(before, '')
    const server = await started(whoComes)
    const healthy = { GRAPHMEM_SERVER_PORT: new URL(server.url).port }
    expect(ran(image.healthcheck, healthy).status).toBe(0)
    const made = ran([...image.entrypoint, 'token', '--user', 'alice'], whoComes)
    const ask = (path: string, body: unknown) => server.ask('alice', path, { body, token: made.stdout.trim() })
    expect(await ask('/v1/ingest', { text: 'I live in Lisbon.' })).toMatchObject({ status: 200 })
    expect(await ask('/v1/query', { question: 'Where do I live?' })).toMatchObject({ status: 200, body: { answer: 'Lisbon' } })
    expect(await stopped(server)).toBe(0)
    expect(ran(image.healthcheck, healthy).status).toBe(1)
    expect(image.volumes).toEqual(['/data'])
    expect(spawnSync('find', [join(image.folder, 'app'), '-newer', before], { encoding: 'utf8' }).stdout).toBe('')
    expect(existsSync(join(image.folder, 'data/graphmem/graphmem.db'))).toBe(true)
  })

  test('has what each model needs', { timeout: 120_000 }, () => {
    for (const model of ['openai:a', 'anthropic:a', 'ollama:a', 'local']) {
      const env = { GRAPHMEM_LLM: model, ...(/^(openai|anthropic)/.test(model) ? { GRAPHMEM_LLM_KEY: 'none' } : {}) }
      const { status, stderr } = ran([...image.entrypoint, 'stats', '--user', 'nobody'], { ...env, GRAPHMEM_STORE: 'memory:' })
      expect([model, status, stderr]).toEqual([model, 0, expect.not.stringContaining('CONFIG_INVALID')])
    }
  })
})

describe('compose.yaml', async () => {
  const file = join(root, 'compose.yaml')
  const hasRedis = await optionalService(async () => {
    await (await startRedis())[Symbol.asyncDispose]()
    return true
  })
  const neo4j = hasRedis ? await optionalService(startNeo4j) : undefined
  afterAll(() => neo4j?.[Symbol.asyncDispose]())
  const variables = { REDIS_PASSWORD: 'letters4and2digits', NEO4J_PASSWORD: 'letters4and2digits' }

  test('is as its schema and dclint want it', () => {
    // The order of keys is ours, since dclint does not know where a merge belongs; quotes are the formatter's.
    const rules = { 'service-keys-order': 0, 'require-quotes-in-ports': [1, { quoteType: 'double' }] }
    const linter = new DCLinter({ rules, quiet: true, debug: false, exclude: [] })
    const results: readonly { readonly messages: readonly unknown[] }[] = linter.lintFiles([file], false)
    expect(results.map(({ messages }) => messages)).toEqual([[]])
  })

  test('lets nobody in but to the server, and that from this machine, and gives no service more than it needs', () => {
    const services = Object.entries(composeServices(file, variables))
    const ports = services.flatMap(([name, service]) => (service.ports ?? []).map((port) => [name, port]))
    expect(ports).toEqual([['server', '127.0.0.1:8080:8080']])
    for (const [name, service] of services)
      expect([name, service]).toEqual([name, expect.objectContaining({ cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] })])
    expect(services.filter(([, service]) => service.networks?.join() !== 'databases').map(([name]) => name)).toEqual(['server'])
  })

  test('starts nothing without the passwords', () => {
    for (const name of Object.keys(variables)) expect(() => composeServices(file, { ...variables, [name]: undefined })).toThrow(name)
  })

  /** A Redis as a service starts it, on a port of loopback; healthy by that service's own check, with its password only. */
  async function redisOf({ command = [], environment, healthcheck }: ComposeService): Promise<Redis> {
    const [program = '', ...args] = command
    const port = await freePort()
    const data = temporaryFolder()
    const server = await childServer({
      command: program,
      args: [...args, '--port', String(port), '--bind', '127.0.0.1', '--dir', data],
      readyWhen: /Ready to accept connections/,
      timeoutMs: 20_000,
      asGroup: true,
    })
    const client = new Redis(port, '127.0.0.1', { password: variables.REDIS_PASSWORD })
    onTestFinished(async () => {
      client.disconnect()
      await server.stop()
    })
    const [, check = '', ...checkArgs] = healthcheck?.test ?? []
    const statusWith = (env: NodeJS.ProcessEnv) =>
      spawnSync(check, ['-p', String(port), ...checkArgs], { env: { PATH: process.env['PATH'], ...env } }).status
    expect([statusWith({ ...environment }), statusWith({})]).toEqual([0, 1])
    return client
  }

  test.skipIf(neo4j === undefined)('starts servers that share Neo4j, both of Redis and an audit trail', { timeout: 300_000 }, async () => {
    const { url, username, password } = neo4jAccess(neo4j?.url ?? '')
    const services = composeServices(file, { ...variables, NEO4J_PASSWORD: password })
    const { server, redis, cache } = services
    if (server === undefined || redis === undefined || cache === undefined) throw new Error('A service is missing.')
    const [shared, caching] = [await redisOf(redis), await redisOf(cache)]
    expect(await shared.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction'])
    expect(await shared.config('GET', 'appendonly')).toEqual(['appendonly', 'yes'])
    expect(await caching.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'allkeys-lru'])

    const dotEnv = {
      ...whoComes,
      GRAPHMEM_STORE_USER: username,
      GRAPHMEM_SERVER_AUDIT_SECRET: 'a secret of thirty-two bytes, or more',
      GRAPHMEM_SERVER_TIMEOUT_MS: '600000',
    }
    const there: Readonly<Record<string, string>> = {
      'bolt://neo4j:7687': url,
      'redis:6379': `127.0.0.1:${shared.options.port}`,
      'cache:6379': `127.0.0.1:${caching.options.port}`,
    }
    const environment = Object.entries(server.environment ?? {}).map(([name, value]) => [
      name,
      value.replace(/bolt:\/\/neo4j:7687|(?<=@)(redis|cache):6379/, (place) => there[place] ?? place),
    ])
    const env = { ...dotEnv, ...Object.fromEntries(environment) }
    const both = [await started(env), await started(env)] as const
    const [first, second] = both
    const user = `alice-${process.pid}`
    // The first calls of a Neo4j that has just started may take longer than an ingest is waited for.
    const { body: job } = await first.ask(user, '/v1/ingest', { body: { text: 'I live in Lisbon.' }, headers: { prefer: 'respond-async' } })
    const events = await second.ask(user, `/v1/jobs/${job.id}`, { headers: { accept: 'text/event-stream' } })
    expect(events.body).toContain('"status":"done"')
    for (const { ask } of both) {
      while ((await ask(user, '/readyz')).status !== 200) await wait(100)
      expect(await ask(user, '/v1/query', { body: { question: 'Where do I live?' } })).toMatchObject({ body: { answer: 'Lisbon' } })
    }
    expect((await second.ask(user, '/v1/audit')).body.entries).toHaveLength(4)
    expect([await shared.dbsize(), await caching.dbsize()]).toEqual([
      expect.toSatisfy((count) => count > 0),
      expect.toSatisfy((count) => count > 0),
    ])
    expect(await first.ask(user, '/v1/me', { method: 'DELETE' })).toMatchObject({ status: 200 })
    expect(await Promise.all(both.map(stopped))).toEqual([0, 0])
  })
})
