#!/usr/bin/env node
import { once } from 'node:events'
import { graphMemFromEnvironment } from '@graphmem/config'
import { GraphMemError } from '@graphmem/core'
import { pino } from 'pino'
import { serverSettings } from './server-settings.ts'
import { startServer } from './start-server.ts'

const log = pino()
try {
  const settings = await serverSettings(process.env)
  await using graphMem = await graphMemFromEnvironment()
  const server = await startServer(graphMem, settings, log)
  log.info({ url: server.url }, 'serving')
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
  log.info('stopping')
  await server.close()
  log.info('stopped')
} catch (error) {
  if (!GraphMemError.is(error)) throw error
  log.fatal({ code: error.code, field: error.field }, error.message)
  process.exitCode = 2
}
