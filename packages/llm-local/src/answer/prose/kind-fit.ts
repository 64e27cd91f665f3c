import type { AskedType } from './asked-type.ts'
import type { Prose } from './prose.ts'
import type { Span } from './spans.ts'

/** 1 where a span is of the kind that is asked for, 0 where it cannot be, ½ where nothing says. */
export function kindFit({ kind }: AskedType, span: Span['kind']): number {
  const isTime = span === 'date' || span === 'year'
  switch (kind) {
    case 'person':
      return span === 'person' ? 1 : span === 'name' ? 0.5 : 0
    case 'place':
      return span === 'place' ? 1 : span === 'name' || span === 'organisation' ? 0.5 : 0
    case 'date':
      return isTime ? 1 : 0
    case 'year':
    case 'number':
      return span === kind ? 1 : 0
    case 'name':
      return span === 'name' || span === 'organisation' ? 1 : isTime || span === 'number' ? 0 : 0.5
    case 'thing':
      return isTime ? 0 : 0.5
  }
}

const places =
  /\b(?:city|town|village|county|district|country|state|suburb|commune|municipality|river|island|province|region|township|community)\b/
const made =
  /\b(?:film|album|song|novel|book|band|series|company|magazine|single|team|club|university|school|organi[sz]ation|musical|game|newspaper)\b/

/** What kind of thing passages say in their first sentences that they are about, by the names they are about. */
export function leadKinds(prose: readonly Prose[]): ReadonlyMap<string, Span['kind']> {
  const kinds = new Map<string, Span['kind']>()
  for (const { about, sentences } of prose) {
    const first = sentences[0]?.text ?? ''
    const is = /\b(?:is|was|are|were)\s+(?:an?|the|one of the)\s+((?:[\p{L}\d'’,-]+\s+){0,7}?[\p{L}-]+)/u.exec(first)?.[1] ?? ''
    const isLife = /\([^()]*(?:\bborn\b|\d{4}\s*[–-])/.test(first)
    const kind = isLife ? 'person' : places.test(is) ? 'place' : made.test(is) ? 'organisation' : undefined
    if (kind !== undefined) for (const key of about) if (!kinds.has(key)) kinds.set(key, kind)
  }
  return kinds
}
