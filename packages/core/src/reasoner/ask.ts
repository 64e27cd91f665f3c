import {
  type GenerateRequest,
  type Generation,
  GraphMemError,
  type LanguageModel,
  type ModelOptions,
  type ModelPurpose,
} from '../spec/index.ts'
import { dataDocument } from './data-document.ts'
import type { Prompt } from './prompts/prompt.ts'
import { type Problem, readForm } from './read-form.ts'

/** The request of a prompt for some data. */
export function requestOf<T>(prompt: Prompt<T>, data: object, maxOutputTokens: number): GenerateRequest {
  return {
    system: prompt.system,
    messages: [{ role: 'user', content: dataDocument(data) }],
    schema: prompt.schema,
    maxOutputTokens,
  }
}

/**
 * Asks a model, and once more where the answer is of no use.
 *
 * @throws GraphMemError `MODEL_REFUSED`; `MODEL_ANSWER_INVALID` for an answer that was cut off, or that is of no use the second time; and what the model
 *   or the calls throw.
 */
export async function ask<T>(model: LanguageModel, prompt: Prompt<T>, request: GenerateRequest, options: ModelOptions): Promise<T> {
  const { text } = whole(await generate(model, request, prompt.purpose, options), model, prompt, request)
  const first = readForm(text, prompt)
  if ('value' in first) return first.value
  const repair: GenerateRequest = {
    ...request,
    messages: [
      ...request.messages,
      // Providers refuse a message without text.
      { role: 'assistant', content: text.trim() === '' ? '{}' : text },
      { role: 'user', content: dataDocument({ problems: first.problems }) },
    ],
  }
  const second = readForm(whole(await generate(model, repair, 'repair', options), model, prompt, request).text, prompt)
  if ('value' in second) return second.value
  throw invalid(model, prompt, second.problems)
}

async function generate(
  model: LanguageModel,
  request: GenerateRequest,
  purpose: ModelPurpose,
  { signal, calls }: ModelOptions,
): Promise<Generation> {
  if (calls !== undefined) return calls.generate(model, request, { signal, purpose })
  try {
    return await model.generate(request, { signal })
  } catch (error) {
    if (!GraphMemError.is(error) || error.code !== 'MODEL_SCHEMA_REFUSED') throw error
    // The model knows by now to do without.
    return model.generate(request, { signal })
  }
}

function whole<T>(generation: Generation, model: LanguageModel, { purpose }: Prompt<T>, { maxOutputTokens }: GenerateRequest): Generation {
  if (generation.finish === 'complete') return generation
  if (generation.finish === 'refused') {
    throw new GraphMemError({
      code: 'MODEL_REFUSED',
      message: `Cannot ${purpose} with ${model.id}: the model, or its filter, would not answer. Take another model, or leave this text out.`,
    })
  }
  throw new GraphMemError({
    code: 'MODEL_ANSWER_INVALID',
    field: `maxOutputTokens.${purpose}`,
    message: `Cannot ${purpose} with ${model.id}: the answer was cut off at ${maxOutputTokens} tokens, and half an answer is not used. Give the reasoner a larger maxOutputTokens.${purpose}, or a model that takes more.`,
  })
}

function invalid<T>(model: LanguageModel, { purpose }: Prompt<T>, [problem]: readonly Problem[]): GraphMemError {
  const what = problem === undefined || problem.field === '' ? 'it is not one whole JSON object' : `${problem.field} ${problem.problem}`
  return new GraphMemError({
    code: 'MODEL_ANSWER_INVALID',
    message: `Cannot ${purpose} with ${model.id}: what it answered is of no use, also when it was asked again: ${what}. Make the same call again, or take a model that keeps to a form.`,
  })
}
