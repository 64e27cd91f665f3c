import type { GraphMem } from '@graphmem/core'
import type { ModelCalls } from '../quotas/model-calls.ts'
import type { RegionSettings } from './region-settings.ts'

/** What is served of a region. It was given, and stays open. */
export interface ServedRegion {
  /** As tokens, or the table of homes, call it. `undefined`: there are no regions, and this is for all users. */
  readonly name?: string | undefined
  readonly graphMem: GraphMem
  /** Those of which `graphMem` tells: its observer is theirs. */
  readonly modelCalls: ModelCalls
  readonly settings: RegionSettings
}
