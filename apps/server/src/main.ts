#!/usr/bin/env node
import { once } from 'node:events'
import { GraphMemError } from '@graphmem/core'
import { pino } from 'pino'
import { serve } from './serve.ts'

// Listened to from the start, so that a stop is heard whenever it comes.
const stopped = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
const log = pino()
try {
  await serve({ env: process.env, stopped, log })
} catch (error) {
  if (!GraphMemError.is(error)) throw error
  log.fatal({ code: error.code, field: error.field }, error.message)
  process.exitCode = 2
}
