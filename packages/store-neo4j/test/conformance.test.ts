import { neo4jStore } from '@graphmem/store-neo4j'
import { describeGraphStore } from '@graphmem/testkit/vitest'
import { describeOnServer, sharedDriver } from './test-server.ts'
import { type Statement, watchedDriver } from './watched-driver.ts'

/** The statement, about a user that no other case has: for the server there is one database, where a case wants an empty one. */
function aboutUserOf(number: number, { cypher, parameters }: Statement): Statement {
  const { scope } = parameters
  if (typeof scope !== 'object' || scope === null || !('userId' in scope)) return { cypher, parameters }
  return { cypher, parameters: { ...parameters, scope: { ...scope, userId: `${scope.userId} of case ${number}` } } }
}

describeOnServer('conformance', () => {
  let cases = 0

  describeGraphStore('neo4j', {
    concurrent: true,
    create() {
      cases += 1
      const number = cases
      const open = () => neo4jStore({ driver: watchedDriver(sharedDriver(), (statement) => aboutUserOf(number, statement)) })
      return { store: open(), reopen: open }
    },
  })
})
