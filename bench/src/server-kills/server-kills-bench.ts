import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startNeo4j } from '@graphmem/services/neo4j'
import { neo4jAccess } from '@graphmem/services/neo4j-access'
import { startRedis } from '@graphmem/services/redis'
import { neo4jDoctor } from '@graphmem/store-neo4j/doctor'
import { tursoDoctor } from '@graphmem/store-turso/doctor'
import type { BenchOptions } from '../bench.ts'
import type { BenchRow } from '../bench-row.ts'
import { atLeast, atMost, ungated } from '../gate.ts'
import { rowsOrSkipped } from '../rows-or-skipped.ts'
import { drainMs, type Outcome, playScene, type Scene } from './scene.ts'

type Place = Pick<Scene, 'keptAt' | 'doctor'>

/** Server processes that are ended again and again under load: that all is kept which anybody was told is, and once. */
export async function serverKillsBench({ quick, note }: BenchOptions): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'graphmem-server-kills-'))
  const rowsOf = async (name: string, scene: Omit<Scene, 'folder' | 'note'>) => {
    note(name)
    const outcome = await playScene({ ...scene, folder, note: (text) => note(`${name}: ${text}`) })
    return outcomeRows(name, outcome, scene)
  }
  try {
    return [
      ...(await rowsOrSkipped('Redis', async () => {
        await using redis = await startRedis()
        const onFile = await rowsOf('Redis, one libSQL file', {
          ...{ ...inFile(folder, 'shared'), redisUrl: redis.url, seed: 1 },
          ...(quick ? { kills: 3, terms: 3 } : { kills: 40, terms: 40 }),
        })
        if (quick) return onFile
        const onNeo4j = await rowsOrSkipped('Redis, Neo4j', async () => {
          await using neo4j = await startNeo4j()
          return await rowsOf('Redis, Neo4j', { ...inNeo4j(neo4j.url), redisUrl: redis.url, seed: 2, kills: 6, terms: 6 })
        })
        return [...onFile, ...onNeo4j]
      })),
      ...(await rowsOf('no Redis, one libSQL file', {
        ...{ ...inFile(folder, 'alone'), redisUrl: undefined, seed: 3 },
        ...(quick ? { kills: 2, terms: 2 } : { kills: 8, terms: 8 }),
      })),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function inFile(folder: string, name: string): Place {
  const url = `file:${join(folder, name)}.db`
  return {
    keptAt: { userId: name, store: 'turso', options: { url } },
    doctor: async () => (await tursoDoctor({ url })).findings.length,
  }
}

function inNeo4j(serviceUrl: string): Place {
  const options = neo4jAccess(serviceUrl)
  return {
    keptAt: { userId: 'neo4j', store: 'neo4j', options },
    doctor: async () => (await neo4jDoctor(options)).findings.length,
  }
}

function outcomeRows(
  name: string,
  outcome: Outcome,
  { kills, terms, redisUrl }: Pick<Scene, 'kills' | 'terms' | 'redisUrl'>,
): readonly BenchRow[] {
  const { ledger, differences, ended, audit } = outcome
  const killed = ended.filter(({ by }) => by === 'SIGKILL')
  const stopped = ended.filter(({ by }) => by === 'SIGTERM')
  const slowest = Math.max(0, ...stopped.map(({ durationMs }) => durationMs))
  const statuses = [...ledger.statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${count} × ${status}`)
  const rows: readonly BenchRow[] = [
    { measure: 'requests; of these without an answer, since the process was gone', value: `${ledger.requests}; ${ledger.broken}` },
    { measure: 'answers', value: statuses.join(', ') },
    atLeast('processes ended by SIGKILL', killed.length, kills),
    atLeast('processes ended by SIGTERM', stopped.length, terms),
    atLeast('acknowledged episodes that are there', differences.kept, 1),
    atMost('acknowledged episodes that are lost', differences.lost, 0),
    ...(redisUrl === undefined
      ? [{ measure: 'episodes of a 202 that went with a killed process, as documented', value: differences.lostWithQueue }]
      : [
          atMost('jobs of a 202 that did not end as done', outcome.notDone, 0),
          atMost('jobs that nobody was told of, and that wait for ever', outcome.left, 0),
        ]),
    atMost('episodes there twice', differences.twice, 0),
    atMost('episodes that nobody sent', differences.unknown, 0),
    atMost(`episodes there again, of ${ledger.erased.size} that were erased`, differences.back, 0),
    atMost('records that an unbroken ingest makes, and that are lost', differences.recordsLost, 0),
    atMost('records that it does not make', differences.recordsTooMany, 0),
    atMost(`digests other than of an unbroken ingest, of ${differences.memories} memories`, differences.otherDigests, 0),
    atMost('memories of which HTTP tells other episodes or facts', outcome.toldOtherwise, 0),
    atMost('memories whose index does not fit, and findings of the doctor', differences.damaged + outcome.findings, 0),
    atMost('answers of 500 and above but 503 with Retry-After', ledger.failures, 0),
    atMost('answers of 400 and above that nothing led to', ledger.unexpected, 0),
    atMost('requests without an answer for minutes', ledger.unanswered, 0),
    atMost('ends after SIGTERM with another code than 0', stopped.filter(({ code }) => code !== 0).length, 0),
    ungated({ ...atMost('slowest end after SIGTERM, s', Math.round(slowest / 100) / 10, drainMs / 1000) }),
    { measure: 'requests under way at a SIGTERM that got no answer', value: ledger.cutByTerm },
    atLeast('entries of the audit trail, whose chain was verified', audit.entries, ledger.acknowledged),
    atMost('faults of the chain, at the end and meanwhile', audit.faults.length + outcome.faultsMeanwhile, 0),
    atMost('requests that were answered, and are not in the audit trail', outcome.unaudited, 0),
    ...ledger.examples.map((example) => ({ measure: 'for example', value: example })),
  ]
  return rows.map(({ measure, ...row }) => ({ measure: `${measure}, ${name}`, ...row }))
}
