import { placePattern as place } from './name-pattern.ts'
import { type Relation, says } from './relation.ts'

/** Where something is. */
export const placeRelations: readonly Relation[] = [
  {
    id: 'location',
    nouns: '(?:location|headquarters|birthplace of the band)',
    asks: [/\bwhere (?:is|was|are|were) # (?:located|situated|found|based|headquartered|held|set)?\s*\??$/i],
    gives: 'place',
    says: says(
      `\\b(?:located|situated|based|headquartered|lies|held|set|found|stands)\\b[^;.]*?\\b(?:in|at|on|near)\\s+(?:the\\s+)?(?:[\\p{Ll}-]+\\s+(?:of\\s+)?){0,3}?(?<a>${place})`,
      `\\b(?:is|was|are|were)\\s+(?:an?|the|one of)\\b[^;.]*?\\b(?:in|of)\\s+(?:the\\s+)?(?:[\\p{Ll}-]+\\s+(?:of\\s+)?){0,3}?(?<a>${place})`,
      `\\bin\\s+(?<a>${place})`,
    ),
  },
  {
    id: 'capital',
    nouns: 'capital(?: city)?',
    gives: 'place',
    says: says(`\\bcapital\\b[^;.]*?\\b(?:is|was|,|at|of)\\s+(?<a>${place})`, `(?<a>${place})[^;.]{0,60}?\\bcapital\\b`),
    back: ['\\bcapital\\b[^.;]*{x}'],
  },
]
