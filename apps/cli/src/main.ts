#!/usr/bin/env node
import { isTooOld, oldestNode } from './oldest-node.ts'

if (isTooOld(process.versions.node)) {
  console.error(`graphmem needs Node ${oldestNode} or later, and this is ${process.versions.node}`)
  process.exitCode = 1
} else {
  // Only now: an older Node may not be able to load what this imports.
  await import('./run-command-line.ts')
}
