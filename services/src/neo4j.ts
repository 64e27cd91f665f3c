import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, globSync, mkdirSync, statfsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cachedFolder } from './cached-folder.ts'
import { childServer } from './child-server.ts'
import { hasCommand } from './debian-package.ts'
import { freePort } from './free-port.ts'
import { isRunning } from './is-running.ts'
import { javaHome } from './java-home.ts'
import { orMissing } from './or-missing.ts'
import { type Service, ServiceMissing } from './service.ts'

const variable = 'GRAPHMEM_TEST_NEO4J_URL'
const sources = fileURLToPath(new URL('../neo4j', import.meta.url))

/** The Java that each version runs on, at least. Versions are exact: to resolve a range takes Maven minutes. */
const oldestJava = { '2026.09.0': 21, '5.26.30': 17 } as const

/** Counted up when the launcher or its class path changes. */
const launcherVersion = 1

export type Neo4jVersion = keyof typeof oldestJava

/** What a server that is started again has in common with the one before. */
export interface Neo4jHome extends AsyncDisposable {
  readonly folder: string
  readonly port: number
  readonly password: string
  /** With user and password in it. */
  readonly url: string
}

/**
 * A Neo4j Community of our own, of the version in `GRAPHMEM_TEST_NEO4J_VERSION` or the newest of ours, or the one that
 * `GRAPHMEM_TEST_NEO4J_URL` names. The URL has user and password in it. The first call on a
 * machine fetches 155 MB, a first start takes some 20 seconds, later ones half of it.
 *
 * @throws ServiceMissing
 */
export async function startNeo4j(): Promise<Service> {
  const named = process.env[variable]
  if (named !== undefined) return { name: `Neo4j at ${variable}`, url: named, [Symbol.asyncDispose]: async () => {} }
  const home = await neo4jHome()
  try {
    const { stop } = await runNeo4j(home)
    return {
      name: `Neo4j ${neo4jVersion()}`,
      url: home.url,
      async [Symbol.asyncDispose]() {
        await stop()
        await home[Symbol.asyncDispose]()
      },
    }
  } catch (error) {
    await home[Symbol.asyncDispose]()
    throw error
  }
}

const inMemory = '/dev/shm'
const folderStart = 'graphmem-neo4j-of-'

/** A place for a server that is not there yet: in memory, where the system has a folder with room for that; nobody wants the data back. */
export async function neo4jHome(): Promise<Neo4jHome> {
  const parent = hasRoom(inMemory) ? inMemory : tmpdir()
  for (const left of globSync(join(parent, `${folderStart}*`)))
    if (!isRunning(ownerOf(left))) await rm(left, { recursive: true, force: true })
  const folder = await mkdtemp(join(parent, `${folderStart}${process.pid}-`))
  const port = await freePort()
  const password = randomBytes(12).toString('hex')
  return {
    ...{ folder, port, password, url: `bolt://neo4j:${password}@127.0.0.1:${port}` },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Starts a server, for the first time or again. @throws ServiceMissing */
export async function runNeo4j({ folder, port, password }: Neo4jHome): Promise<Awaited<ReturnType<typeof childServer>>> {
  const version = neo4jVersion()
  const java = javaHome(oldestJava[version])
  if (java === undefined) throw missing(`install a JDK of version ${oldestJava[version]} or later`)
  const program = await prepared(version, java)
  return childServer({
    command: join(java, 'bin', 'java'),
    args: [...javaArguments(program), 'Neo4jServer', folder, String(port), password],
    readyWhen: /^READY/m,
    timeoutMs: 180_000,
  })
}

/** The process that made a folder: one that was killed leaves its folder behind. */
function ownerOf(folder: string): number {
  return Number(basename(folder).slice(folderStart.length).split('-')[0])
}

/** A container often has 64 MB there. */
function hasRoom(folder: string): boolean {
  if (!existsSync(folder)) return false
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize >= 4 * 2 ** 30
}

function neo4jVersion(): Neo4jVersion {
  const version = process.env['GRAPHMEM_TEST_NEO4J_VERSION'] ?? '2026.09.0'
  if (!isKnown(version)) throw missing(`the versions to be had are ${Object.keys(oldestJava).join(' and ')}`)
  return version
}

/** The archive of loaded classes is written when a server first stops, and halves every later start; its class path may not change. */
function javaArguments(program: string): readonly string[] {
  const classPath = globSync(join(program, '*.jar')).sort().join(delimiter)
  return [
    ...['-Xms64m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:+IgnoreUnrecognizedVMOptions', '-XX:+AutoCreateSharedArchive'],
    ...[`-XX:SharedArchiveFile=${join(program, 'classes.jsa')}`, '-Xlog:disable', '-Xlog:all=error:stderr', '-cp', classPath],
  ]
}

/** The folder with the jars of a version and our launcher. */
async function prepared(version: string, java: string): Promise<string> {
  return orMissing(
    (reason) => missing(`it could not be fetched and compiled: ${reason}`),
    () => cachedFolder(`neo4j@${version}-${launcherVersion}`, async (draft) => fetchAndCompile(version, java, draft)),
  )
}

function fetchAndCompile(version: string, java: string, draft: string): void {
  if (!hasCommand('mvn')) throw missing('install Maven')
  console.error(`fetching Neo4j ${version}, once`)
  mkdirSync(join(draft, 'launcher'))
  copyFileSync(join(sources, 'pom.xml'), join(draft, 'pom.xml'))
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies'
  const settings = [`-Dneo4j.version=${version}`, '-DincludeScope=runtime', `-DoutputDirectory=${draft}`]
  execFileSync('mvn', ['-B', '-q', '-f', join(draft, 'pom.xml'), goal, ...settings], { stdio: ['ignore', 2, 2] })
  const [launcher, source] = [join(draft, 'launcher'), join(sources, 'Neo4jServer.java')]
  execFileSync(join(java, 'bin', 'javac'), ['-proc:none', '-cp', join(draft, '*'), '-d', launcher, source], { stdio: ['ignore', 2, 2] })
  execFileSync(join(java, 'bin', 'jar'), ['cf', join(draft, '000-launcher.jar'), '-C', launcher, '.'])
}

function isKnown(version: string): version is keyof typeof oldestJava {
  return Object.hasOwn(oldestJava, version)
}

function missing(remedy: string): ServiceMissing {
  return new ServiceMissing('Neo4j', `${remedy}, or name a running one in ${variable}, as bolt://user:password@host:7687`)
}
