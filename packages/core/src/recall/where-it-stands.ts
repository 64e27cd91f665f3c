import { nameKey } from '../analysis/name-key.ts'
import { postedChunk } from '../index-segments/posting.ts'
import { tokenWord } from '../index-segments/segment-content.ts'
import type { Asked } from './asked.ts'
import { type Signals, signalAt } from './signals.ts'

/** Where a passage stands among others, for one question: what is asked once of each session and not of each passage. */
export interface Standing {
  /** By session or document: share of the question's terms in it, and the best cosine. */
  readonly coverOfGroup: Float64Array
  readonly cosineOfGroup: Float64Array
  readonly asksWhen: boolean
  readonly months: ReadonlySet<number>
  readonly years: ReadonlySet<number>
  /** The numbers of words that tell a time. */
  readonly timeWords: ReadonlySet<number>
}

const monthNames = 'january february march april may june july august september october november december'.split(' ')
const timeWords =
  `yesterday today tomorrow tonight last next ago week weekend month year day monday tuesday wednesday thursday friday saturday sunday recently
  soon since`
    .split(/\s+/)
    .concat(monthNames)
const asksForTime = /^(when|what (time|date|day|month|year)|how long|which (month|year|day))\b/

export function standingOf(asked: Asked): Standing {
  const { passages, terms, frequencies, totalWeight, question } = asked
  const { group, groupCount, index } = passages
  const coverOfGroup = new Float64Array(groupCount)
  for (let term = 0; term < terms.length; term += 1) {
    const counted = new Uint8Array(groupCount)
    for (const value of index.postings[terms[term]?.stem ?? -1] ?? []) {
      const number = postedChunk(value)
      const place = group[number] ?? -1
      if (place < 0 || counted[place] === 1 || (frequencies[term]?.[number] ?? 0) === 0) continue
      counted[place] = 1
      coverOfGroup[place] = (coverOfGroup[place] ?? 0) + (terms[term]?.weight ?? 0) / totalWeight
    }
  }
  const cosineOfGroup = new Float64Array(groupCount)
  for (let number = 0; number < group.length; number += 1) {
    const place = group[number] ?? -1
    const cosine = (asked.cosine[number] ?? 0) / asked.bestCosine
    if (place >= 0 && cosine > (cosineOfGroup[place] ?? 0)) cosineOfGroup[place] = cosine
  }
  return {
    coverOfGroup,
    cosineOfGroup,
    asksWhen: asksForTime.test(question.words.slice(0, 3).join(' ')),
    months: new Set(question.words.flatMap((word, at) => (isMonth(word, question.words, at) ? [monthNames.indexOf(word)] : []))),
    years: new Set(question.words.filter((word) => /^(19|20)\d\d$/.test(word)).map(Number)),
    timeWords: new Set(timeWords.flatMap((word) => index.words.find(word) ?? [])),
  }
}

/** "may" is a month only after "in", "of", "on", "since", "last" or before a number. */
function isMonth(word: string, words: readonly string[], at: number): boolean {
  if (!monthNames.includes(word)) return false
  return word !== 'may' || /^(in|of|on|since|last|during|\d+)$/.test(words[at - 1] ?? '') || /^\d+$/.test(words[at + 1] ?? '')
}

/** Writes where a passage stands: the signals from `bm25Before` to `length`. */
export function addStanding(signals: Signals, number: number, asked: Asked, standing: Standing): void {
  const { passages } = asked
  const chunk = passages.index.chunks[number]
  if (chunk === undefined) return
  const { episode } = chunk
  const before = passages.before[number] ?? -1
  const after = passages.after[number] ?? -1
  const bm25Before = share(asked.bm25, before, asked.bestBm25)
  signals[signalAt.bm25Before] = bm25Before
  signals[signalAt.bm25After] = share(asked.bm25, after, asked.bestBm25)
  signals[signalAt.coverAround] = coverOf(before, number, after, asked)
  const earlier = passages.index.chunks[before]
  if (earlier !== undefined && earlier.episode.speaker !== episode.speaker && earlier.sentences.some(({ asks }) => asks)) {
    signals[signalAt.answers] = bm25Before
    signals[signalAt.answersCover] = coverOf(before, -1, -1, asked)
  }
  const around = [passages.before[before] ?? -1, before, number, after, passages.after[after] ?? -1].filter((place) => place >= 0)
  signals[signalAt.cosineAround] = around.reduce((sum, place) => sum + (asked.cosine[place] ?? 0), 0) / around.length / asked.bestCosine
  const group = passages.group[number] ?? -1
  signals[signalAt.coverSession] = standing.coverOfGroup[group] ?? 0
  signals[signalAt.cosineSession] = standing.cosineOfGroup[group] ?? 0
  const speaker = episode.kind === 'turn' ? nameKey(episode.speaker ?? '') : ''
  const { speakers } = asked.question
  signals[signalAt.speaks] = speakers.has(speaker) ? 1 : 0
  signals[signalAt.timeAsked] = standing.asksWhen && chunk.tokens.some((value) => standing.timeWords.has(tokenWord(value))) ? 1 : 0
  signals[signalAt.date] = dateShare(episode.at, standing)
  signals[signalAt.length] = Math.log(1 + chunk.tokens.length) / 5
}

function share(scores: Float64Array, number: number, best: number): number {
  return (scores[number] ?? 0) / best
}

/** The share of the question's terms that any of these passages has; −1 stands for none. */
function coverOf(first: number, second: number, third: number, { terms, frequencies, totalWeight }: Asked): number {
  let cover = 0
  for (let term = 0; term < terms.length; term += 1) {
    const frequency = frequencies[term]
    const has = (frequency?.[first] ?? 0) + (frequency?.[second] ?? 0) + (frequency?.[third] ?? 0)
    if (has > 0) cover += terms[term]?.weight ?? 0
  }
  return cover / totalWeight
}

function dateShare(at: number | undefined, { months, years }: Standing): number {
  const asked = months.size + years.size
  if (asked === 0 || at === undefined) return 0
  const date = new Date(at)
  return ((months.has(date.getUTCMonth()) ? 1 : 0) + (years.has(date.getUTCFullYear()) ? 1 : 0)) / asked
}
