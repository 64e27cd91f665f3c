/** Exact match and token F1 of an answer, 0 to 1. */
export interface AnswerScore {
  readonly exactMatch: number
  readonly f1: number
}

/**
 * Scores an answer beside the true one as the evaluation of SQuAD does (Rajpurkar and others, 2016): exact match of the normalised texts, and the
 * harmonic mean of the precision and recall of their tokens, each counted as often as both have it. No answer, `undefined`, scores nothing.
 */
export function scoreAnswer(answer: string | undefined, truth: string): AnswerScore {
  if (answer === undefined) return { exactMatch: 0, f1: 0 }
  const said = normalised(answer)
  const meant = normalised(truth)
  return { exactMatch: said === meant ? 1 : 0, f1: tokenF1(said.split(' '), meant.split(' ')) }
}

/** Lower case, without ASCII punctuation and English articles, with single spaces. */
export function normalised(text: string): string {
  return text
    .toLowerCase()
    .replace(/[!-/:-@[-`{-~]/g, '')
    .replace(/(?<![\p{L}\p{N}_])(?:a|an|the)(?![\p{L}\p{N}_])/gu, ' ')
    .trim()
    .replace(/\s+/g, ' ')
}

function tokenF1(said: readonly string[], meant: readonly string[]): number {
  const left = new Map<string, number>()
  for (const token of meant) left.set(token, (left.get(token) ?? 0) + 1)
  let both = 0
  for (const token of said) {
    const count = left.get(token) ?? 0
    if (count > 0) both += 1
    left.set(token, count - 1)
  }
  return (2 * both) / (said.length + meant.length)
}
