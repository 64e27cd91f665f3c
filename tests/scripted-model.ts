import type { GenerateOptions, GenerateRequest, Generation, LanguageModel } from '@graphmem/core'

/** What a double of a model is shown: the one document of a request. */
export interface Shown {
  readonly passage: {
    readonly title: string | null
    readonly speaker: unknown
    readonly time: string | null
    readonly sentences: readonly { readonly number: number; readonly text: string }[]
  }
  readonly user: unknown
  readonly known: {
    readonly entities: readonly { readonly id: string; readonly name: string; readonly aliases: readonly string[]; readonly type: string }[]
    readonly facts: readonly {
      readonly id: string
      readonly subject: string
      readonly predicate: string
      readonly object: string
      readonly from: string | null
    }[]
  }
  readonly question: { readonly text: string; readonly user: unknown; readonly time: string }
  readonly evidence: {
    readonly passages: readonly { readonly id: string; readonly text: string }[]
    readonly facts: readonly {
      readonly id: string
      readonly subject: string
      readonly predicate: string
      readonly object: string
      readonly holds: boolean
    }[]
    readonly named: readonly { readonly name: string }[]
  }
  readonly pairs: readonly { readonly pair: number }[]
  readonly texts: readonly string[]
  /** Of what it answered before. */
  readonly problems?: readonly { readonly field: string; readonly problem: string }[]
}

/** What it answers: text as it is, anything else as JSON, or the whole generation. */
export type Answer = string | object | { readonly generation: Partial<Generation> }

/** A double of a language model: it notes what it is asked, and answers as it is told. */
export interface ScriptedModel extends LanguageModel {
  readonly requests: GenerateRequest[]
  readonly options: (GenerateOptions | undefined)[]
  /** Of the last request, or of the one at a place. */
  shown(place?: number): Shown
  answer: (shown: Shown, request: GenerateRequest) => Answer
}

export function scriptedModel(answer: ScriptedModel['answer'] = () => ({ entities: [], facts: [] })): ScriptedModel {
  const model: ScriptedModel = {
    specVersion: 1,
    id: 'double:scripted',
    requests: [],
    options: [],
    answer,
    shown: (place = -1) => documentOf(model.requests.at(place)),
    async generate(request, options) {
      options?.signal?.throwIfAborted()
      model.requests.push(request)
      model.options.push(options)
      const answered = model.answer(documentOf(request), request)
      const whole = { text: '', finish: 'complete', usage: undefined } as const
      if (typeof answered === 'string') return { ...whole, text: answered }
      return 'generation' in answered ? { ...whole, ...answered.generation } : { ...whole, text: JSON.stringify(answered) }
    },
  }
  return model
}

/** What the user's last message of a request says. */
export function documentOf(request: GenerateRequest | undefined): Shown {
  return JSON.parse(request?.messages.at(-1)?.content ?? '{}') as Shown
}
