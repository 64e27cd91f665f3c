import { languageModelReasoner } from '@graphmem/core'
import { memoryStore } from '@graphmem/store-memory'
import { expect, it } from 'vitest'
import { settingOf } from './on-every-store.ts'
import { failure } from './paying-reasoner.ts'
import { type ScriptedModel, scriptedModel } from './scripted-model.ts'

const documents = Array.from({ length: 20 }, (_, n) => ({ id: `d${n}`, text: `Bob${n} works at Google.` }))
const nothing = { entities: [], facts: [] }

/** A model whose requests fail as told, before they are answered. */
function failing(model: ScriptedModel, before: (call: number) => void): ScriptedModel {
  let calls = 0
  return {
    ...model,
    async generate(request, options) {
      calls += 1
      before(calls)
      return model.generate(request, options)
    },
  }
}

it('a reasoner with a language model takes one call a chunk, and what is mended or made again is billed apart', async () => {
  const told = scriptedModel(({ problems }, { messages }) =>
    messages.length === 1 && problems === undefined && isEven(messages[0]?.content) ? 'no form' : nothing,
  )
  const model = failing(told, (call) => {
    if (call % 10 === 1) throw failure('MODEL_LIMITED', 0)
  })
  const { memory } = settingOf(memoryStore(), { reasoner: languageModelReasoner(model) })
  const estimate = await memory().estimate({ documents })
  const { failed, usage } = await memory().ingest({ documents })
  expect(failed).toBe(0)
  const calls = Object.fromEntries(usage.items.map(({ purpose, outcome, calls: count }) => [`${purpose} ${outcome}`, count]))
  expect(calls).toMatchObject({ 'extract answered': 20, 'repair answered': 10 })
  expect(usage.calls).toBe(Object.values(calls).reduce((a, b) => a + b, 0))
  expect(estimate.items).toMatchObject([{ purpose: 'extract', calls: 20 }])
  expect((await memory().ingest({ documents })).usage.calls).toBe(0)
})

it('what a reasoner asks is within what its estimate says it takes at most', async () => {
  const told = scriptedModel(() => nothing)
  const { memory } = settingOf(memoryStore(), { reasoner: languageModelReasoner(told) })
  const { tokens } = await memory().estimate({ documents })
  const { usage } = await memory().ingest({ documents })
  expect(usage.items[0]?.estimated).toBe(true)
  expect(usage.inputTokens + usage.outputTokens).toBeLessThanOrEqual(tokens.most)
})

function isEven(content = ''): boolean {
  return Number(/Bob(\d+)/.exec(content)?.[1]) % 2 === 0
}
