import { neo4jAccess } from '@graphmem/services/neo4j-access'
import { neo4jStore } from '@graphmem/store-neo4j'
import { expect, inject, test } from 'vitest'
import { recallBeside } from '../../src/beside-a-neighbour/recall-beside.ts'

const server = neo4jAccess(inject('neo4jUrl') || 'bolt://none:none@127.0.0.1:1')
const open = () => neo4jStore(server)

test.skipIf(inject('neo4jUrl') === '')(
  'one sentence is recalled first beside hundreds that are nearer, as if they were not there (on a Neo4j)',
  async () => {
    const recalled = await recallBeside(open, 500)
    expect(recalled).toMatchObject({ nearer: recalled.passages, rank: 1, isAsAlone: true })
  },
)
