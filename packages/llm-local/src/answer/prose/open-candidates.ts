import { type AskedType, askedType } from './asked-type.ts'
import { follow } from './follow.ts'
import { kindFit, leadKinds } from './kind-fit.ts'
import { addedWeight, type Cover, linkProse, pairWeight, weightOf } from './linked.ts'
import type { OpenSignal } from './open-weights.ts'
import { keyOf, type Prose, type ProseSentence, wordsIn } from './prose.ts'
import type { Chain, Node } from './read-chain.ts'
import { type ProseWord, type ReadProse, readWords } from './read-words.ts'
import { type Span, spansIn } from './spans.ts'
import { matcherOf, type ProseTerm, stemOf, termsOf } from './terms.ts'

/** A stretch of a sentence that may be the answer, with what speaks for it. */
export interface OpenCandidate {
  readonly text: string
  readonly signals: Readonly<Record<OpenSignal, number>>
  /** Share of the question's words that its sentence, and its passage, have in any meaning. */
  readonly saysOfIt: { readonly sentence: number; readonly passage: number }
  readonly passage: Prose
  readonly sentence: ProseSentence
}

/** Half of what a word of the question counts by is lost as many letters from the asking word. */
const focusHalf = 25

/** Every stretch of the passages that may be the answer and that the question does not say itself. */
export function openCandidates(chain: Chain, prose: readonly Prose[]): readonly OpenCandidate[] {
  const known = new Map(chain.nodes.map((node) => [node, 'name' in node ? undefined : follow(node, prose)[0]?.text]))
  const text = chain.text.replace(/#(\d+)/g, (_, number: string) => {
    const node = chain.nodes[Number(number)]
    return node === undefined ? '' : `${known.get(node) ?? ''} ${nameIn(node)}`.trim()
  })
  const asked = askedType(chain.text)
  const asking = /\b(?:what|which|who|whom|whose|where|when|how)\b/i.exec(chain.text.slice(asked.at))?.[0]
  const reads = prose.map(readWords)
  const terms = termsOf(
    text,
    reads.map(({ stems }) => stems),
  )
  const match = matcherOf(terms)
  const at = asking === undefined ? 0 : text.indexOf(asking)
  const focus = terms.map((term) => ({ ...term, weight: term.weight * 2 ** (-Math.abs(term.at - at) / focusHalf) }))
  const share = { terms: totalOf(terms), focus: totalOf(focus) }
  const inQuestion = ` ${keyOf(text)} `
  const led = new Set([...known.values()].flatMap((value) => (value === undefined ? [] : [keyOf(value)])))
  const names = [...new Set([...chain.nodes.flatMap((node) => ('name' in node ? [keyOf(node.name)] : [])), ...led])]
  const kinds = leadKinds(prose)
  const called = calledBy(asked, reads)
  const candidates: OpenCandidate[] = []
  for (const [place, read] of linkProse(reads, terms, match).entries()) {
    const passage = read.prose
    const whole = ` ${passage.about.join(' ')} ${keyOf(passage.passage.text)} `
    const passageSays = anyOf(read.cover, terms) / share.terms
    const ofPassage = {
      pair: pairWeight(read, terms) / share.terms,
      names: names.length === 0 ? 0 : names.filter((name) => whole.includes(` ${name} `)).length / names.length,
      known: passage.about.some((key) => led.has(key)) ? 1 : 0,
      rank: 1 / (1 + place),
    }
    for (const [number, sentence] of passage.sentences.entries()) {
      const words = read.words[number] ?? []
      const said = words.map(match)
      const hits = [...said.entries()].filter(([, scores]) => scores.some((score) => score > 0))
      const cover: Cover = terms.map((_, term) => said.reduce((best, scores) => Math.max(best, scores[term] ?? 0), 0))
      const ofSentence = { sentence: weightOf(cover, terms) / share.terms, adds: addedWeight(cover, read, terms) / share.terms }
      const saysOfIt = { sentence: anyOf(cover, terms) / share.terms, passage: passageSays }
      const title: readonly Span[] =
        number > 0 || passage.name === undefined ? [] : [{ text: passage.name, start: -1, end: -1, kind: 'name' }]
      for (const span of [...spansIn(sentence.text, asked.kind === 'thing' || asked.kind === 'name'), ...title]) {
        const key = keyOf(span.text)
        if (key === '' || inQuestion.includes(` ${key} `)) continue
        const kind = kindFit(asked, span.kind === 'year' ? span.kind : (kinds.get(key) ?? span.kind))
        candidates.push({
          text: span.text,
          passage,
          sentence,
          saysOfIt,
          signals: {
            ...ofPassage,
            ...ofSentence,
            focus: nearness(span, words, hits, focus) / share.focus,
            kind: kind === 1 ? 1 : 0,
            unkind: kind === 0 ? 1 : 0,
            noun: hasNoun(asked, span, sentence),
            isNoun: called.has(key) ? 1 : 0,
            length: Math.min(1, span.text.length / 40),
          },
        })
      }
    }
  }
  return candidates
}

function nameIn(node: Node): string {
  return 'name' in node ? node.name : nameIn(node.of)
}

function totalOf(terms: readonly ProseTerm[]): number {
  return terms.reduce((sum, { weight }) => sum + weight, 0) || 1
}

function anyOf(cover: Cover, terms: readonly ProseTerm[]): number {
  return weightOf(
    cover.map((score) => (score > 0 ? 1 : 0)),
    terms,
  )
}

/** The weight of the words that are near a span: halved every four words. */
function nearness(
  { start, end }: Span,
  words: readonly ProseWord[],
  hits: readonly (readonly [number, Cover])[],
  terms: readonly ProseTerm[],
): number {
  if (start < 0) return 0
  const first = words.findIndex((word) => word.start >= start)
  const last = words.findLastIndex((word) => word.start < end)
  const near = terms.map(() => 0)
  for (const [at, scores] of hits) {
    const share = 2 ** (-(at < first ? first - at : Math.max(0, at - last)) / 4)
    for (const [term, score] of scores.entries()) if (score * share > (near[term] ?? 0)) near[term] = score * share
  }
  return weightOf(near, terms)
}

/** 1 where the question's noun stands in the span, .7 where right beside it. */
function hasNoun({ noun }: AskedType, { text, start, end }: Span, sentence: ProseSentence): number {
  if (noun === undefined) return 0
  const stem = stemOf(noun)
  const has = (words: string): boolean => wordsIn(words).some(({ word }) => stemOf(word) === stem)
  if (has(text)) return 1
  return start >= 0 && (has(sentence.text.slice(Math.max(0, start - 25), start)) || has(sentence.text.slice(end, end + 20))) ? 0.7 : 0
}

/** What the passages are about that have the question's noun in their first sentence: "Rush is a Canadian rock band". */
function calledBy({ noun }: AskedType, reads: readonly ReadProse[]): ReadonlySet<string> {
  const stem = noun === undefined ? undefined : stemOf(noun)
  return new Set(reads.filter(({ words }) => words[0]?.some((word) => word.stem === stem)).flatMap(({ prose }) => prose.about))
}
