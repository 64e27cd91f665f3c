#!/usr/bin/env node
import { once } from 'node:events'
import { graphMemFromEnvironment } from '@graphmem/config'
import { GraphMemError } from '@graphmem/core'
import { serverSettings } from './server-settings.ts'
import { startServer } from './start-server.ts'

try {
  const settings = await serverSettings(process.env)
  await using graphMem = await graphMemFromEnvironment()
  const server = await startServer(graphMem, settings)
  console.error(`GraphMem is at ${server.url}`)
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
  await server.close()
} catch (error) {
  if (!GraphMemError.is(error)) throw error
  console.error(error.message)
  process.exitCode = 2
}
