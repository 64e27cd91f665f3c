import type { Candidate } from '../candidate.ts'
import { countriesIn } from './countries.ts'
import { type Dated, lifeOf, workDate } from './dated.ts'
import { follow, passagesAbout } from './follow.ts'
import { type Prose, type ProseSentence, wordsIn } from './prose.ts'
import type { Chain, Node } from './read-chain.ts'
import { relationOf } from './relations.ts'

const pair = /#(\d+)(?: films?| movies?)?,?\s+(or|and)\s+(?:is |was |the )?(?:film |movie )?#(\d+)/i

/** One of the two that are compared, with what it is measured by. */
interface Side {
  readonly name: string
  readonly measured: readonly Candidate[]
}

/** "Which film was released first, A or B?", "Are A and B from the same country?" */
export function compare(chain: Chain, prose: readonly Prose[]): Candidate | undefined {
  const match = pair.exec(chain.text)
  const [, first, joined, second] = match ?? []
  const nodes = [chain.nodes[Number(first)], chain.nodes[Number(second)]] as const
  if (match === null || nodes[0] === undefined || nodes[1] === undefined) return undefined
  const asked = `${chain.text.slice(0, match.index)} ${chain.text.slice(match.index + match[0].length)}`.toLowerCase()
  const sides = [sideOf(nodes[0], asked, prose), sideOf(nodes[1], asked, prose)] as const
  const isYesNo = /^(?:do|does|did|are|is|was|were|have|has|can)\b/i.test(chain.text) && joined?.toLowerCase() !== 'or'
  if (isYesNo) return /\bsame\b/.test(asked) ? areSame(asked, sides, prose) : areBoth(asked, sides, prose)
  if (joined?.toLowerCase() === 'or' || /\b(?:out of|between|of)\s*$/i.test(chain.text.slice(0, match.index)))
    return choose(asked, sides, prose)
  return undefined
}

const roles = /\b(director|composer|author|performer|singer|producer|founder)s?\b/

/** A side itself, or the director of it where the directors are compared. */
function sideOf(node: Node, asked: string, prose: readonly Prose[]): Side {
  const name = 'name' in node ? node.name : ''
  const role = 'name' in node && !/\bmore (?:\w+ )?\w*s\b/.test(asked) ? roles.exec(asked)?.[1] : undefined
  const relation = role === undefined ? undefined : relationOf(role === 'singer' ? 'performer' : role)
  return { name, measured: follow(relation === undefined ? node : { relation, of: node }, prose) }
}

interface Measured {
  readonly value: number
  readonly at: Dated
  readonly passage: Prose
}

function choose(asked: string, [a, b]: readonly [Side, Side], prose: readonly Prose[]): Candidate | undefined {
  const measure = measureOf(asked)
  if (measure === undefined) return byWords(asked, [a, b], prose)
  const [of, other] = [measured(a, measure, prose), measured(b, measure, prose)]
  if (of === undefined || other === undefined || of.value === other.value) return byWords(asked, [a, b], prose)
  const chosen = of.value > other.value === isMost(asked, measure) ? a : b
  const least = Math.min(a.measured[0]?.support ?? 0, b.measured[0]?.support ?? 0)
  return {
    text: chosen.name,
    support: 0.95 * least,
    citations: [...cite(of), ...cite(other), ...(a.measured[0]?.citations ?? []), ...(b.measured[0]?.citations ?? [])],
  }
}

type Measure = 'born' | 'died' | 'life' | 'begun' | 'released' | 'size'

function measureOf(asked: string): Measure | undefined {
  if (/\b(?:lived? (?:\w+ )*(?:longer|older|longest)|longer li)/.test(asked)) return 'life'
  if (/\b(?:died?|death|passed away)\b/.test(asked)) return 'died'
  if (/\b(?:born|younger|youngest|birth)\b/.test(asked)) return 'born'
  if (/\b(?:older|oldest)\b/.test(asked))
    return /\b(?:film|documentary|album|magazine|band|university|school|club|company|building|newspaper)\b(?!.*\b(?:director|who)\b)/.test(
      asked,
    )
      ? 'released'
      : 'born'
  const compares = /\b(?:first|last|earlier|earliest|later|latest|before|after|recently|recent|older|oldest|newer)\b/.test(asked)
  if (compares && /\b(?:founded|established|formed|started|opened|created|begun|began|built|published)\b/.test(asked)) return 'begun'
  if (/\b(?:taller|higher|tallest|highest|larger|bigger|longer|deeper|heavier|greater)\b|\bstands\b/.test(asked)) return 'size'
  return /\b(?:first|last|earlier|earliest|later|latest|before|after|recent|recently|newer|newest|oldest|released|come out|came out)\b/.test(
    asked,
  )
    ? 'released'
    : undefined
}

/** Whether the greater of two is asked for: the later, the younger, the longer. */
function isMost(asked: string, measure: Measure): boolean {
  if (measure === 'life' || measure === 'size') return !/\b(?:less|fewer|smaller|shorter|lower)\b/.test(asked)
  if (/\b(?:younger|youngest|later|latest|last|more recent|recently|newer|newest|second)\b/.test(asked)) return true
  return false
}

function measured(side: Side, measure: Measure, prose: readonly Prose[]): Measured | undefined {
  const name = side.measured[0]?.text
  if (name === undefined) return undefined
  for (const passage of passagesAbout(name, prose)) {
    const life = lifeOf(passage)
    const at =
      measure === 'died' || measure === 'life'
        ? life.died
        : measure === 'born'
          ? life.born
          : measure === 'size'
            ? sizeOf(passage)
            : workDate(passage, measure === 'begun')
    if (at === undefined) continue
    if (measure !== 'life') return { value: at.moment.order, at, passage }
    if (life.born !== undefined) return { value: at.moment.order - life.born.moment.order, at, passage }
  }
  return undefined
}

const quantity = /(?<![\d.,])(\d[\d,]*(?:\.\d+)?)\s*-?\s*(metres|meters|m|feet|ft|km|kilometres|miles|species|stor(?:ies|eys))\b/

const units: Readonly<Record<string, number>> = { feet: 0.3048, ft: 0.3048, km: 1_000, kilometres: 1_000, miles: 1_609 }

/** The first number with a unit; lengths in metres. */
function sizeOf({ sentences }: Prose): Dated | undefined {
  for (const sentence of sentences) {
    const match = quantity.exec(sentence.text)
    const value = Number(match?.[1]?.replaceAll(',', ''))
    const unit = units[match?.[2] ?? ''] ?? 1
    if (match !== null)
      return { moment: { text: match[0], order: value * unit, start: match.index, end: match.index + match[0].length }, sentence }
  }
  return undefined
}

const hollow = new Set(
  'which who what is was were are a an the in of or and both do does did have has had film person out to from by for on at that with be been same either these two one more all'.split(
    ' ',
  ),
)

function askedWords(asked: string): readonly string[] {
  return wordsIn(asked)
    .map(({ word }) => word)
    .filter((word) => word.length > 1 && !hollow.has(word))
}

/** How much of some words a text has, by their stems as far as five letters show them. */
function share(words: readonly string[], text: string): number {
  const said = wordsIn(text).map(({ word }) => word)
  const has = (word: string): boolean =>
    said.some(
      (other) =>
        other === word ||
        (word.length > 4 && other.slice(0, -1) === word.slice(0, -1)) ||
        (word.length > 5 && other.startsWith(word.slice(0, 5))),
    )
  return words.length === 0 ? 0 : words.filter(has).length / words.length
}

/** "Which is a comedy film, A or B?": the one whose passage says more of what is asked. */
function byWords(asked: string, [a, b]: readonly [Side, Side], prose: readonly Prose[]): Candidate | undefined {
  const words = askedWords(asked)
  const best = (side: Side): { score: number; passage: Prose | undefined } => {
    const about = passagesAbout(side.name, prose)
    return about.reduce<{ score: number; passage: Prose | undefined }>(
      (most, passage) => (share(words, passage.passage.text) > most.score ? { score: share(words, passage.passage.text), passage } : most),
      { score: -1, passage: about[0] },
    )
  }
  const [of, other] = [best(a), best(b)]
  if (of.score === other.score || of.passage === undefined || other.passage === undefined) return undefined
  const [chosen, passage] = of.score > other.score ? [a, of.passage] : [b, other.passage]
  return { text: chosen.name, support: 0.5 + 0.3 * Math.abs(of.score - other.score), citations: [{ chunkId: passage.passage.chunkId }] }
}

/** Whether the first sentences of both passages say it: what they say later is of others as well. */
function areBoth(asked: string, sides: readonly [Side, Side], prose: readonly Prose[]): Candidate | undefined {
  const words = askedWords(asked)
  if (words.length === 0) return undefined
  const found = sides.map(({ measured: [first] }) => passagesAbout(first?.text ?? '', prose)[0])
  const [a, b] = found
  if (a === undefined || b === undefined) return undefined
  const lead = ({ sentences }: Prose): string =>
    sentences
      .slice(0, 2)
      .map(({ text }) => text)
      .join(' ')
  const least = Math.min(share(words, lead(a)), share(words, lead(b)))
  return {
    text: least >= 0.75 ? 'yes' : 'no',
    support: least >= 0.75 ? 0.8 : 0.65,
    citations: [a, b].map((each) => ({ chunkId: each.passage.chunkId })),
  }
}

/** The same country or nationality, by the countries that the first sentences of each one's passage name; else the same kind, by its words. */
function areSame(asked: string, sides: readonly [Side, Side], prose: readonly Prose[]): Candidate | undefined {
  const passages = sides.map(({ measured: [first] }) => passagesAbout(first?.text ?? '', prose)[0])
  const [a, b] = passages
  if (a === undefined || b === undefined) return undefined
  const least = Math.min(...sides.map(({ measured: [first] }) => first?.support ?? 0))
  const citations = [a, b].map((each) => ({ chunkId: each.passage.chunkId }))
  if (/\b(?:countr(?:y|ies)|nationalit(?:y|ies)|nation)\b/.test(asked)) {
    const [of, other] = [countriesOf(a), countriesOf(b)]
    if (of.length === 0 || other.length === 0) return undefined
    return { text: of.some((country) => other.includes(country)) ? 'yes' : 'no', support: 0.9 * least, citations }
  }
  const noun = /\bsame (\p{L}+)/u.exec(asked)?.[1] ?? ''
  const kindOf = (passage: Prose): string | undefined =>
    new RegExp(`(\\p{Lu}\\p{L}+) ${noun}|${noun} (?:of |called )?(\\p{Lu}\\p{L}+)`, 'u')
      .exec(passage.passage.text)
      ?.slice(1)
      .find((each) => each !== undefined)
  const [of, other] = [kindOf(a), kindOf(b)]
  return of === undefined || other === undefined ? undefined : { text: of === other ? 'yes' : 'no', support: 0.8 * least, citations }
}

function countriesOf(passage: Prose): readonly string[] {
  const first = passage.sentences.find(({ text }) => countriesIn(text).length > 0)
  const found = first === undefined ? [] : countriesIn(first.text).map(({ country }) => country)
  return [...new Set(found.map((country) => (/^(?:England|Scotland|Wales|Northern Ireland)$/.test(country) ? 'United Kingdom' : country)))]
}

function cite({ at, passage }: Measured): Candidate['citations'] {
  return [citation(passage, at.sentence)]
}

function citation(passage: Prose, { start, end }: ProseSentence): Candidate['citations'][number] {
  return { chunkId: passage.passage.chunkId, span: { start, end } }
}
