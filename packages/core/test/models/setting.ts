import type { Budget } from '../../src/models/budget.ts'
import { ModelGate, type ModelGateOptions, type PaidModels } from '../../src/models/model-gate.ts'
import type { MemoryEvent } from '../../src/observer.ts'
import { GraphMemError, type GraphMemErrorCode, scope } from '../../src/spec/index.ts'
import { type FakeClock, fakeClock } from './fake-clock.ts'
import { type FakeModel, fakeModel } from './fake-model.ts'

/** A gate with a clock and a model that are fakes. */
export interface GateSetting {
  readonly clock: FakeClock
  readonly gate: ModelGate
  readonly model: FakeModel
  readonly events: MemoryEvent[]
  models(userId?: string, memoryId?: string): PaidModels
  /** The calls of one operation. */
  calls(userId?: string, budget?: Budget): ReturnType<PaidModels['begin']>
}

export function gateSetting(options: ModelGateOptions = {}): GateSetting {
  const clock = fakeClock()
  const gate = new ModelGate({ clock, random: () => 1, ...options })
  const events: MemoryEvent[] = []
  const models = (userId = 'alice', memoryId = 'chat') => gate.open(scope({ userId, memoryId }), (event) => events.push(event))
  return {
    clock,
    gate,
    model: fakeModel('fake:one', () => clock.now()),
    events,
    models,
    calls: (userId, budget) => models(userId).begin({ budget, models: [] }),
  }
}

export function failure(
  code: GraphMemErrorCode,
  options: { readonly retryable?: boolean; readonly retryAfterMs?: number } = {},
): GraphMemError {
  return new GraphMemError({ code, message: code, ...options })
}

export const limited = (retryAfterMs?: number) =>
  failure('MODEL_LIMITED', { retryable: true, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) })
