import { hasYear, type Moment, momentsIn } from './moments.ts'
import type { Prose, ProseSentence } from './prose.ts'

/** A date and the sentence that says it. */
export interface Dated {
  readonly moment: Moment
  readonly sentence: ProseSentence
}

/** When whom a passage is about was born and died: "(3 May 1950 – 1 June 2001)", "(born July 23, 1968)", "born in 1901", "She died on 4 May 1980". */
export function lifeOf({ sentences }: Prose): { readonly born?: Dated; readonly died?: Dated } {
  let born: Dated | undefined
  let died: Dated | undefined
  for (const sentence of sentences) {
    const moments = momentsIn(sentence.text)
    if (moments.length === 0) continue
    const bracket = /\((?:[^()]|\([^()]*\))*\)/.exec(sentence.text)
    if (bracket !== null && born === undefined && died === undefined && sentence === sentences[0]) {
      const within = moments.filter(({ start, end }) => start > bracket.index && end <= bracket.index + bracket[0].length)
      const text = bracket[0]
      const dash = /\s*[–—]\s*|\s+-\s+|(?<=\d)-\s*(?=\p{L}|\d{4})|-\s+/u.exec(text)
      const split = bracket.index + (dash?.index ?? Number.POSITIVE_INFINITY)
      const first = within.find(({ start }) => start < split)
      const last = within.find(({ start }) => start >= split)
      const only = within[0]
      if (/\bborn\b/i.test(text))
        born = dated(within.find(({ start }) => start > bracket.index + text.search(/\bborn\b/i)) ?? first, sentence)
      else if (dash !== null) born = dated(first, sentence)
      if (/\bdied\b/i.test(text))
        died = dated(
          within.find(({ start }) => start > bracket.index + text.search(/\bdied\b/i)),
          sentence,
        )
      else if (dash !== null) died = dated(last, sentence)
      else if (within.length === 2 && born === undefined) [born, died] = [dated(within[0], sentence), dated(within[1], sentence)]
      if (born === undefined && died === undefined && dash === null && only !== undefined && /^\(\s*d\./.test(text))
        died = dated(only, sentence)
    }
    born ??= dated(afterWord(/\bborn\b/i, sentence.text, moments), sentence)
    died ??= dated(afterWord(/\b(?:died|death|killed|executed|assassinated|passed away)\b/i, sentence.text, moments), sentence)
  }
  return { ...(born === undefined ? {} : { born }), ...(died === undefined ? {} : { died }) }
}

const released = /\b(?:released|release|premiered|premiere|published|aired|broadcast|opened|debuted|issued|came out|shown|screened)\b/i
const founded =
  /\b(?:founded|established|formed|opened|launched|started|created|built|began|incorporated|since|first published|inaugurated)\b/i

/** When a work came out, or an organisation began: the date after the word that says so, else the first year of the first sentences. */
export function workDate({ sentences }: Prose, isFounding: boolean): Dated | undefined {
  const lead = sentences.slice(0, 4)
  for (const words of isFounding ? [founded, released] : [released, founded]) {
    if (!isFounding && words === released) {
      const kind =
        lead[0] === undefined
          ? undefined
          : momentsIn(lead[0].text).find(({ end }) =>
              /^\s+(?:\p{L}+[\s-]+){0,6}?(?:film|movie|album|song|novel|book|documentary|comedy|drama|single|series|musical|western|play)\b/u.test(
                lead[0]?.text.slice(end) ?? '',
              ),
            )
      if (kind !== undefined && lead[0] !== undefined) return { moment: kind, sentence: lead[0] }
    }
    for (const sentence of lead) {
      const found = dated(afterWord(words, sentence.text, momentsIn(sentence.text)), sentence)
      if (found !== undefined) return found
    }
  }
  for (const sentence of lead) {
    const found = dated(momentsIn(sentence.text).find(hasYear), sentence)
    if (found !== undefined) return found
  }
  return undefined
}

function afterWord(word: RegExp, text: string, moments: readonly Moment[]): Moment | undefined {
  const at = word.exec(text)?.index
  return at === undefined ? undefined : (moments.find((moment) => moment.start > at && hasYear(moment)) ?? undefined)
}

function dated(moment: Moment | undefined, sentence: ProseSentence): Dated | undefined {
  return moment === undefined ? undefined : { moment, sentence }
}
