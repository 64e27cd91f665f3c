// Fits what the keyless answerer weighs stretches of documents by (packages/llm-local/src/answer/prose/open-weights.ts), on the tuning halves of the
// sets whose licences allow it, and prints the weights beside those that stand there.  npm run fit-answers
import { scoreAnswer } from '../bench/src/answers/score-answer.ts'
import { hasDataset } from '../bench/src/datasets.ts'
import { fitSets } from '../bench/src/fit/fit-bench.ts'
import { halfOf } from '../bench/src/recall/halves.ts'
import { passageCorpus } from '../bench/src/recall/recall-corpus.ts'
import { type Evidence, GraphMem, type Question, type Reasoner } from '../packages/core/src/index.ts'
import { compare } from '../packages/llm-local/src/answer/prose/compare.ts'
import { follow } from '../packages/llm-local/src/answer/prose/follow.ts'
import { openCandidates } from '../packages/llm-local/src/answer/prose/open-candidates.ts'
import { noneScore, openSignals, openWeights } from '../packages/llm-local/src/answer/prose/open-weights.ts'
import { readProse } from '../packages/llm-local/src/answer/prose/prose.ts'
import { askedNode } from '../packages/llm-local/src/answer/prose/prose-answer.ts'
import { withoutNames } from '../packages/llm-local/src/answer/prose/question-names.ts'
import { readChain } from '../packages/llm-local/src/answer/prose/read-chain.ts'
import { localEmbedder, localReasoner } from '../packages/llm-local/src/index.ts'
import { memoryStore } from '../packages/store-memory/src/index.ts'

/** The stretches of one question's evidence; the last stands for "none of them", with no signals. */
interface Group {
  readonly signals: readonly (readonly number[])[]
  /** How right each is, 0 to 1. */
  readonly right: readonly number[]
}

/** From this token F1 on a stretch is right. */
const rightFrom = 0.66
const penalty = 0.02
const steps = 600

const groups: Group[] = []
for (const dataset of fitSets) {
  if (!hasDataset(dataset)) throw new Error(`${dataset} is not there: see bench/README.md.`)
  groups.push(...(await groupsOf(dataset)))
}
const { weights, none } = fit(groups)
console.log(`${groups.length} open questions, weights fitted (shipped)`)
for (const [place, name] of openSignals.entries())
  console.log(`${name.padEnd(9)} ${weights[place]?.toFixed(1).padStart(5)} (${openWeights[name]})`)
console.log(`none      ${none.toFixed(1).padStart(5)} (${noneScore})`)

/** The open questions of a set's tuning half: those that neither compare nor can be answered by following relations. */
async function groupsOf(dataset: string): Promise<readonly Group[]> {
  const corpus = await passageCorpus(dataset)
  let asked: { question: Question; evidence: Evidence } | undefined
  const reasoner: Reasoner = {
    ...localReasoner(),
    async answer(question, evidence) {
      asked = { question, evidence }
      return undefined
    },
  }
  await using graphMem = new GraphMem({ store: memoryStore(), reasoner, embedder: localEmbedder() })
  const memory = graphMem.memory({ userId: 'fit', memoryId: dataset })
  await memory.ingest(corpus.input)
  const found: Group[] = []
  for (const { question, answer } of corpus.queries) {
    if (halfOf(question) !== 'tuning') continue
    await memory.query(question)
    if (asked === undefined) continue
    const prose = readProse(asked.evidence)
    const chain = readChain(withoutNames(asked.question.text, prose))
    const node = askedNode(chain)
    if (compare(chain, prose) !== undefined || (node !== undefined && follow(node, prose).length > 0)) continue
    const candidates = openCandidates(chain, prose)
    const right = candidates.map(({ text }) => scoreAnswer(text, String(answer)).f1).map((f1) => (f1 >= rightFrom ? f1 : 0))
    found.push({
      signals: [...candidates.map(({ signals }) => openSignals.map((name) => signals[name])), openSignals.map(() => 0)],
      right: [...right, right.some((value) => value > 0) ? 0 : 1],
    })
  }
  return found
}

/** Softmax regression by Adam, with an L2 penalty on the weights and none on the score of "none". */
function fit(groups: readonly Group[]): { readonly weights: readonly number[]; readonly none: number } {
  const size = openSignals.length
  const weights = new Array<number>(size).fill(0)
  const momentum = new Array<number>(size).fill(0)
  const square = new Array<number>(size).fill(0)
  let none = 0
  for (let step = 1; step <= steps; step += 1) {
    const slope = new Array<number>(size).fill(0)
    let noneSlope = 0
    for (const { signals, right } of groups) {
      const scores = signals.map((values, place) => (place === signals.length - 1 ? none : dot(values, weights)))
      const most = Math.max(...scores)
      const likely = scores.map((score) => Math.exp(score - most))
      const all = sum(likely)
      const allRight = sum(likely.map((value, place) => value * (right[place] ?? 0)))
      for (const [place, value] of likely.entries()) {
        const share = ((value * (right[place] ?? 0)) / allRight - value / all) / groups.length
        if (place === signals.length - 1) noneSlope += share
        for (let at = 0; at < size; at += 1) slope[at] = (slope[at] ?? 0) + share * (signals[place]?.[at] ?? 0)
      }
    }
    none += 3 * noneSlope * (step < 400 ? 1 : 0.3)
    for (let at = 0; at < size; at += 1) {
      const gradient = (slope[at] ?? 0) - penalty * (weights[at] ?? 0)
      momentum[at] = 0.9 * (momentum[at] ?? 0) + 0.1 * gradient
      square[at] = 0.999 * (square[at] ?? 0) + 0.001 * gradient * gradient
      const rate = 0.1 / (Math.sqrt((square[at] ?? 0) / (1 - 0.999 ** step)) + 1e-8)
      weights[at] = (weights[at] ?? 0) + (rate * (momentum[at] ?? 0)) / (1 - 0.9 ** step)
    }
  }
  return { weights, none }
}

function dot(first: readonly number[], second: readonly number[]): number {
  return first.reduce((total, value, place) => total + value * (second[place] ?? 0), 0)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
