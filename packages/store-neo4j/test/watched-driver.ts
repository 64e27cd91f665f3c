import { withOwn } from '@graphmem/testkit'
import type { Driver } from 'neo4j-driver'

export interface Statement {
  readonly cypher: string
  readonly parameters: Readonly<Record<string, unknown>>
}

type Watch = (statement: Statement) => Statement

/** A real driver whose statements pass through `watch` on their way to the database. */
export function watchedDriver(driver: Driver, watch: Watch): Driver {
  return withOwn(driver, {
    session: (...options: Parameters<Driver['session']>) => {
      const session = driver.session(...options)
      return withOwn(session, {
        run: runOf(session, watch),
        beginTransaction: () => {
          const transaction = session.beginTransaction()
          return withOwn(transaction, { run: runOf(transaction, watch) })
        },
      })
    },
  })
}

interface Runner {
  run(cypher: string, parameters?: Readonly<Record<string, unknown>>): unknown
}

function runOf(runner: Runner, watch: Watch): Runner['run'] {
  return (cypher, parameters = {}) => {
    const watched = watch({ cypher, parameters })
    return runner.run(watched.cypher, watched.parameters)
  }
}
