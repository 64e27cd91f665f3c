import { beforeAll, inject } from 'vitest'
import { wipe } from './test-server.ts'

// Each file of tests begins with nothing of the one before.
beforeAll(async () => {
  if (inject('neo4jUrl') !== '') await wipe()
})
