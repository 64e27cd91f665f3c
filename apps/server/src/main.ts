#!/usr/bin/env node
import { once } from 'node:events'
import { openGraphMem, readSettings } from '@graphmem/config'
import { GraphMemError } from '@graphmem/core'
import { pino } from 'pino'
import { ModelCalls } from './quotas/model-calls.ts'
import { serve } from './serve.ts'

// Listened to from the start, so that a stop is heard whenever it comes.
const stopped = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
const log = pino()
try {
  const modelCalls = new ModelCalls()
  const { settings } = await readSettings()
  await using graphMem = await openGraphMem({ ...settings, observer: modelCalls.observer(settings.observer) })
  await serve({ graphMem, modelCalls }, { env: process.env, stopped, log })
} catch (error) {
  if (!GraphMemError.is(error)) throw error
  log.fatal({ code: error.code, field: error.field }, error.message)
  process.exitCode = 2
}
