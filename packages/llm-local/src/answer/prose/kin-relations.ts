import { type Relation, says, who } from './relation.ts'

const they = '(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Tt]he)'

/** What people are to each other. */
export const kinRelations: readonly Relation[] = [
  {
    id: 'father',
    nouns: 'father',
    gender: 'he',
    gives: 'person',
    says: says(
      `\\b(?:son|daughter|child|heir)\\s+(?:and (?:successor|heir)\\s+)?(?:of|to)\\s+(?:(?:his|her|the)\\s+)?(?:father,?\\s+)?${who}`,
      `\\b${they}\\s+father,?\\s+(?:was\\s+|is\\s+)?${who}`,
      `\\bborn\\b[^.;]*?\\bto\\s+${who}`,
      `\\b(?:son|daughter)\\s+(?:by|with)\\s+${who}`,
    ),
    back: ['\\b(?:father|parent)\\s+of\\b[^.;]*{x}', '\\b(?:his|son|daughter|children)\\b[^.;]*{x}'],
  },
  {
    id: 'mother',
    nouns: 'mother',
    gender: 'she',
    gives: 'person',
    says: says(
      `\\b(?:son|daughter|child)\\s+of\\b[^.;]*?\\s(?:and|by|with)\\s+(?:his|her)?\\s*(?:(?:first|second|third|fourth)\\s+)?(?:wife|consort|spouse|concubine)?,?\\s*${who}`,
      `\\b${they}\\s+mother,?\\s+(?:was\\s+|is\\s+)?${who}`,
      `\\bborn\\b[^.;]*?\\bto\\b[^.;]*?\\band\\s+(?:his wife,?\\s+)?${who}`,
      `\\b(?:son|daughter)\\s+(?:of|by|with)\\s+${who}`,
    ),
    back: ['\\bmother\\s+of\\b[^.;]*{x}', '\\bher\\s+(?:son|daughter|child|children)\\b[^.;]*{x}'],
  },
  {
    id: 'spouse',
    nouns: '(?:spouse|wife|husband|partner|consort|ex-wife|ex-husband|widow)',
    asks: [/\bwho (?:did|is|was) # (?:marry|married(?: to)?)\b/i],
    verbs: 'married',
    gives: 'person',
    says: says(
      `\\b[Mm]arried\\s+(?:to\\s+)?${who}`,
      `\\b(?:wife|husband|spouse|consort|widow|widower)\\b(?:\\s+(?:is|was|of|to),?|,)?\\s+${who}`,
      `\\b[Mm]arried\\b[^;]*?\\bto\\s+${who}`,
      `\\b[Mm]arriage\\s+(?:to|with)\\s+${who}`,
    ),
    back: ['\\b(?:married|wife|husband|spouse|marriage)\\b[^.;]*{x}'],
  },
  {
    id: 'child',
    nouns: '(?:child|son|daughter|children)',
    gives: 'person',
    says: says(
      `\\b(?:father|mother|parents?)\\s+(?:of|to)\\s+${who}`,
      `\\b${they}\\s+(?:[\\p{Ll}-]+\\s+){0,2}(?:son|daughter|child|children|sons|daughters)\\b,?\\s+(?:was\\s+|is\\s+|are\\s+|include\\s+)?${who}`,
      `\\b(?:son|daughter|child|children)\\b,?\\s+(?:named\\s+|called\\s+)?${who}`,
    ),
    back: ['\\b(?:son|daughter|child|children)\\s+of\\b[^.;]*{x}', '\\b(?:father|mother)\\b[^.;]*{x}'],
  },
  {
    id: 'sibling',
    nouns: '(?:sibling|brother|sister|twin)',
    gives: 'person',
    says: says(
      `\\b(?:brother|sister|sibling|twin)\\s+(?:of|to)\\s+${who}`,
      `\\b(?:brother|sister|sibling|brothers|sisters|siblings|twin)\\b,?\\s+(?:is\\s+|was\\s+|are\\s+|named\\s+)?${who}`,
    ),
    back: ['\\b(?:brother|sister|sibling)\\b[^.;]*{x}'],
  },
  { id: 'mother-in-law', nouns: 'mother-in-law', gives: 'person', says: says(), path: ['spouse', 'mother'] },
  { id: 'father-in-law', nouns: 'father-in-law', gives: 'person', says: says(), path: ['spouse', 'father'] },
  { id: 'child-in-law', nouns: '(?:child|son|daughter)-in-law', gives: 'person', says: says(), path: ['child', 'spouse'] },
  { id: 'sibling-in-law', nouns: '(?:sibling|brother|sister)-in-law', gives: 'person', says: says(), path: ['spouse', 'sibling'] },
  { id: 'stepchild', nouns: '(?:stepchild|stepson|stepdaughter)', gives: 'person', says: says(), path: ['spouse', 'child'] },
  { id: 'stepmother', nouns: 'stepmother', gives: 'person', says: says(), path: ['father', 'spouse'] },
  { id: 'stepfather', nouns: 'stepfather', gives: 'person', says: says(), path: ['mother', 'spouse'] },
  { id: 'maternal grandfather', nouns: 'maternal grandfather', gives: 'person', says: says(), path: ['mother', 'father'] },
  { id: 'maternal grandmother', nouns: 'maternal grandmother', gives: 'person', says: says(), path: ['mother', 'mother'] },
  { id: 'paternal grandfather', nouns: '(?:paternal )?grandfather', gives: 'person', says: says(), path: ['father', 'father'] },
  { id: 'paternal grandmother', nouns: '(?:paternal )?grandmother', gives: 'person', says: says(), path: ['father', 'mother'] },
  { id: 'grandchild', nouns: '(?:grandchild|grandson|granddaughter)', gives: 'person', says: says(), path: ['child', 'child'] },
  { id: 'uncle', nouns: 'uncle', gives: 'person', says: says(), path: ['father', 'sibling'] },
  { id: 'aunt', nouns: 'aunt', gives: 'person', says: says(), path: ['father', 'sibling'] },
]
