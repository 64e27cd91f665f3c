import { Tokenizer } from '@huggingface/tokenizers'
import type { JsonObject } from './model-files.ts'

/** The part of the tokenizer that is used here; its own types do not resolve under Node's rules. */
interface TokenizerLike {
  readonly model: { readonly unk_token_id?: number | null }
  encode(text: string, options: { readonly add_special_tokens: boolean }): { readonly ids: readonly (number | undefined)[] }
}

/** The token ids of a text, with the special ones around them; `undefined` for a text in which no token is known. */
export type TokenReader = (text: string) => readonly number[] | undefined

/**
 * Reads texts into tokens as the model's `tokenizer.json` says. What goes beyond `maxTokens` is cut off before the closing special tokens.
 *
 * @throws Error when the tokenizer is of a kind that is not known
 */
export function tokenReader(
  tokenizerJson: JsonObject,
  tokenizerConfig: JsonObject,
  { maxTokens, lowercase }: { readonly maxTokens: number; readonly lowercase: boolean },
): TokenReader {
  const tokenizer = new Tokenizer(tokenizerJson, tokenizerConfig) as TokenizerLike
  const unknown = tokenizer.model.unk_token_id
  const [before, after] = specialTokens(tokenizer)
  const room = Math.max(0, maxTokens - before.length - after.length)
  return (text) => {
    const given = lowercase ? text.trim().toLowerCase() : text.trim()
    const read = ids(tokenizer, given, false).slice(0, room)
    return read.every((id) => id === unknown) ? undefined : [...before, ...read, ...after]
  }
}

function specialTokens(tokenizer: TokenizerLike): readonly [readonly number[], readonly number[]] {
  const bare = ids(tokenizer, 'a', false)
  const dressed = ids(tokenizer, 'a', true)
  const start = dressed.findIndex((_, place) => bare.every((id, offset) => dressed[place + offset] === id))
  return [dressed.slice(0, start), dressed.slice(start + bare.length)]
}

/** A token that the vocabulary does not have, in one without a token for the unknown, is left out. */
function ids(tokenizer: TokenizerLike, text: string, withSpecialTokens: boolean): readonly number[] {
  return tokenizer.encode(text, { add_special_tokens: withSpecialTokens }).ids.filter((id) => id !== undefined)
}
