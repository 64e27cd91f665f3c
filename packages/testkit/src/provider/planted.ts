import assert from 'node:assert/strict'
import { inspect } from 'node:util'

/** Texts that may be in no error: what the key is, what the user's words are, and what the provider tells of them. */
export const planted = {
  key: 'sk-planted-key-5f1c',
  prompt: 'planted-prompt-a07e',
  told: 'planted-told-93bd',
} as const

/** Nothing that was planted is in the error, in what it carries, or in what caused it. */
export function tellsNothing(error: unknown): void {
  const everything = `${String(error)}\n${JSON.stringify(error)}\n${inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })}`
  for (const [what, text] of Object.entries(planted)) {
    assert.ok(!everything.includes(text), `an error has nothing of the ${what === 'told' ? "provider's message" : what} in it`)
  }
}
