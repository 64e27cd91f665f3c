import type { TextSpan } from '@graphmem/core/spec'
import type { PartOfSpeech, WinkMethods } from 'wink-nlp'
import { tagger } from '../tagger.ts'
import { verbLemma } from './lemma.ts'
import { mendTokens } from './mend-tokens.ts'

/** A word or mark of a sentence. */
export interface Token extends TextSpan {
  readonly text: string
  readonly lower: string
  /** The base form of a verb; of another word as the language model has it. */
  readonly lemma: string
  readonly tag: PartOfSpeech
  /** Whether the language model's lexicon has it: at the start of a sentence, a capital on such a word means nothing. */
  readonly common: boolean
  /** Whether white space, or nothing, stands before it. */
  readonly spaced: boolean
}

/** A sentence and its tokens. */
export interface Sentence {
  readonly span: TextSpan
  readonly tokens: readonly Token[]
}

/** A line below this length was ended on purpose; a longer one may be wrapped. */
const shortLine = 60

let loaded: { readonly wink: WinkMethods; readonly lexiconSize: number } | undefined

/** Words beyond the lexicon are numbered from its size on. */
function load(): { readonly wink: WinkMethods; readonly lexiconSize: number } {
  const wink = tagger()
  const [lexiconSize = 0] = wink
    .readDoc('qzxqzx')
    .tokens()
    .out(wink.its.uniqueId as unknown as typeof wink.its.value) as unknown as number[]
  return { wink, lexiconSize }
}

/** Cuts a text into sentences and tagged tokens. The language model is loaded at the first call and kept. */
export function readText(text: string): Sentence[] {
  loaded ??= load()
  const { wink } = loaded
  const { its } = wink
  const document = wink.readDoc(text)
  const values = document.tokens().out() as string[]
  const tags = document.tokens().out(its.pos as unknown as typeof its.value) as PartOfSpeech[]
  const lemmas = document.tokens().out(its.lemma as unknown as typeof its.value) as string[]
  const ends = new Set((document.sentences().out(its.span) as unknown as [number, number][]).map(([, end]) => end))
  const sentences: Sentence[] = []
  let tokens: Token[] = []
  let cursor = 0
  let lineStart = 0
  for (const [index, value] of values.entries()) {
    const tag = tags[index] ?? 'X'
    if (tag === 'SPACE') {
      const end = tokens.at(-1)?.end ?? 0
      if (/\n\s*\n/.test(value) || (value.includes('\n') && end - lineStart < shortLine)) tokens = endSentence(sentences, tokens)
      if (value.includes('\n')) lineStart = end
    } else {
      const start = text.indexOf(value, cursor)
      if (start < 0) continue
      for (const part of splitToken(value, tag)) {
        const begin = start + part.offset
        tokens.push({
          text: part.text,
          lower: lowered(part.text),
          lemma: verbLemma(lowered(part.text), lemmas[index] ?? ''),
          tag: part.tag,
          common: false,
          spaced: begin === 0 || /\s/.test(text[begin - 1] ?? ' '),
          start: begin,
          end: begin + part.text.length,
        })
      }
      cursor = start + value.length
    }
    if (ends.has(index)) tokens = endSentence(sentences, tokens)
  }
  endSentence(sentences, tokens)
  return withCommonWords(sentences)
}

const capitalisedWord = /^\p{Lu}\p{Ll}+$/u

/** Marks the capitalised words that the lexicon has in lower case. */
function withCommonWords(sentences: readonly Sentence[]): Sentence[] {
  const words = new Set(
    sentences.flatMap(({ tokens }) => tokens.filter(({ text }) => capitalisedWord.test(text)).map(({ lower }) => lower)),
  )
  if (words.size === 0 || !loaded) return [...sentences]
  const { wink, lexiconSize } = loaded
  const found = wink.readDoc([...words].join(' ')).tokens()
  const values = found.out() as string[]
  const ids = found.out(wink.its.uniqueId as unknown as typeof wink.its.value) as unknown as number[]
  const common = new Set(values.filter((_, index) => (ids[index] ?? lexiconSize) < lexiconSize))
  return sentences.map(({ span, tokens }) => ({
    span,
    tokens: tokens.map((token) => (common.has(token.lower) ? { ...token, common: true } : token)),
  }))
}

function lowered(text: string): string {
  return text.toLowerCase().replaceAll('’', "'")
}

function endSentence(sentences: Sentence[], tokens: Token[]): Token[] {
  const first = tokens[0]
  const last = tokens.at(-1)
  if (first && last) sentences.push({ span: { start: first.start, end: last.end }, tokens: mendTokens(tokens) })
  return []
}

const clitic = /^(\p{L}+)(['’](?:m|re|ve|ll|d|s)|n['’]t)$/iu

/** "I'm" comes from the tokenizer as one. */
function splitToken(text: string, tag: PartOfSpeech): { text: string; tag: PartOfSpeech; offset: number }[] {
  const parts = clitic.exec(text)
  const [, word, end] = parts ?? []
  if (word === undefined || end === undefined) {
    if (/^im$/i.test(text)) {
      return [
        { text: text.slice(0, 1), tag: 'PRON', offset: 0 },
        { text: text.slice(1), tag: 'AUX', offset: 1 },
      ]
    }
    return [{ text, tag, offset: 0 }]
  }
  return [
    { text: word, tag: /^(?:i|you|he|she|it|we|they|who|that|there|what)$/i.test(word) ? 'PRON' : tag, offset: 0 },
    { text: end, tag: /^n/i.test(end) ? 'PART' : 'AUX', offset: word.length },
  ]
}
