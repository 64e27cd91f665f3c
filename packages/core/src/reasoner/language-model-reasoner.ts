import { z } from 'zod'
import { tokensOfRequest } from '../models/request-size.ts'
import {
  type EntityPair,
  GraphMemError,
  type Judgement,
  type LanguageModel,
  type ModelOptions,
  type Passage,
  type Reasoner,
} from '../spec/index.ts'
import { ask, requestOf } from './ask.ts'
import { evidenceDocument } from './evidence-document.ts'
import { passageDocument } from './passage-document.ts'
import { answerPrompt } from './prompts/answer.ts'
import { extractPrompt } from './prompts/extract.ts'
import { judgePrompt, type ReadJudgements } from './prompts/judge.ts'
import type { Prompt } from './prompts/prompt.ts'
import { summarisePrompt } from './prompts/summarise.ts'
import { readAnswer } from './read-answer.ts'
import { readExtraction, shareOf } from './read-extraction.ts'

export interface LanguageModelReasonerOptions {
  /**
   * Whether the model is shown what the memory knows near a passage, so that it can tell who is meant and what has changed. What a memory holds then depends
   * on the order it was fed in. Default `true`.
   */
  readonly readsKnown?: boolean
  /**
   * The most tokens that an answer may take, from 1 up. Default: 4,096 to extract and to judge, 1,024 to answer and to summarise. A model that thinks takes
   * more, since what it thinks counts.
   */
  readonly maxOutputTokens?: { readonly extract?: number; readonly answer?: number; readonly summarise?: number; readonly judge?: number }
}

const tokens = z.int('is not a whole number').min(1, 'is below 1').optional()
const optionsSchema = z.strictObject({
  readsKnown: z.boolean('is neither true nor false').optional(),
  maxOutputTokens: z.strictObject({ extract: tokens, answer: tokens, summarise: tokens, judge: tokens }).optional(),
})

const prompts = [extractPrompt, answerPrompt, summarisePrompt, judgePrompt]
/** What a character of a passage usually makes of tokens of what is read in it, and what an extraction takes beside. */
const outputTokensOfCharacter = 0.6
const leastOutputTokens = 100
/** What is known near a passage seldom takes more. */
const inputTokensOfKnown = 1_000

/**
 * A reasoner that asks a language model of any provider: one call a passage, and one an answer, with one more where what comes back is of no use. What is
 * read, recalled or asked is shown to it as data.
 *
 * @throws GraphMemError `CONFIG_INVALID`
 */
export function languageModelReasoner(model: LanguageModel, options: LanguageModelReasonerOptions = {}): Reasoner {
  checkOptions(options)
  const readsKnown = options.readsKnown ?? true
  const maxOutputTokens = <T>({ purpose, maxOutputTokens: usual }: Prompt<T>) => options.maxOutputTokens?.[purpose] ?? usual
  const request = <T>(prompt: Prompt<T>, data: object) => requestOf(prompt, data, maxOutputTokens(prompt))
  const answered = <T>(prompt: Prompt<T>, data: object, call: ModelOptions = {}) => {
    call.signal?.throwIfAborted()
    return ask(model, prompt, request(prompt, data), call)
  }
  const extraction = (passage: Passage) => passageDocument(passage, readsKnown)
  return {
    specVersion: 1,
    id: `language-model/${prompts.map(({ version }) => version).join('.')}${readsKnown ? '' : '/blind'} ${model.id}`,
    model,
    readsKnown,

    async extract(passage, call) {
      const read = await answered(extractPrompt, extraction(passage), call)
      return readExtraction(read, readsKnown ? passage : withoutKnown(passage))
    },

    async answer(question, evidence, call) {
      if (evidence.passages.length === 0 && evidence.facts.length === 0) return undefined
      return readAnswer(await answered(answerPrompt, evidenceDocument(question, evidence), call), evidence)
    },

    async summarise(texts, call) {
      if (texts.length === 0) return ''
      return (await answered(summarisePrompt, { texts }, call)).summary.trim()
    },

    async judge(pairs, call) {
      if (pairs.length === 0) return []
      return judgementsOf(await answered(judgePrompt, pairsDocument(pairs), call), pairs.length)
    },

    extractionOf(passage) {
      const most = maxOutputTokens(extractPrompt)
      const usual = Math.ceil(leastOutputTokens + passage.text.length * outputTokensOfCharacter)
      return {
        inputTokens:
          tokensOfRequest(request(extractPrompt, extraction(passage))) +
          (readsKnown && passage.known === undefined ? inputTokensOfKnown : 0),
        outputTokens: Math.min(most, usual),
        maxOutputTokens: most,
      }
    },
  }
}

function withoutKnown({ known, ...passage }: Passage): Passage {
  return passage
}

function pairsDocument(pairs: readonly EntityPair[]): object {
  return {
    pairs: pairs.map(([first, second], place) => ({ pair: place + 1, first, second })),
  }
}

/** One a pair, in order: the first that was given for it. */
function judgementsOf({ judgements }: ReadJudgements, count: number): readonly Judgement[] {
  return Array.from({ length: count }, (_, place): Judgement => {
    const judged = judgements.find(({ pair }) => pair === place + 1)
    return judged === undefined
      ? { verdict: 'unsure', confidence: 0 }
      : { verdict: judged.verdict, confidence: shareOf(judged.confidence, 0.5) }
  })
}

function checkOptions(options: LanguageModelReasonerOptions): void {
  const issue = optionsSchema.safeParse(options).error?.issues[0]
  if (issue === undefined) return
  const field = issue.path.map(String).join('.') || 'options'
  const problem = issue.code === 'unrecognized_keys' ? `has no option ${issue.keys.map((key) => `"${key}"`).join(', ')}` : issue.message
  throw new GraphMemError({ code: 'CONFIG_INVALID', field, message: `Cannot make a reasoner: ${field}: ${problem}.` })
}
