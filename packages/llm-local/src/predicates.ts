/**
 * Predicates of which a subject has one at a time. The vocabulary beside these: what people are to each other, as nouns (`flatmate`,
 * `mother_in_law`), a subject's `favourite_…`, and open ones: the base form of a verb with its preposition (`move_to`), its participle where the
 * subject underwent it (`published_by`), or a noun with a preposition (`editor_of`).
 *
 * Values of dates are written `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or `--MM-DD` for a day of every year.
 */
const exclusive: ReadonlySet<string> = new Set([
  'works_at',
  'job_title',
  'lives_in',
  'from',
  'grew_up_in',
  'born_in',
  'born_on',
  'died_on',
  'died_in',
  'age',
  'number_of_children',
  'mother',
  'father',
  'wife',
  'husband',
  'partner',
  'boyfriend',
  'girlfriend',
  'fiance',
  'boss',
  'married_to',
  'married_on',
  'married_in',
  'marital_status',
  'diet',
  'engaged_to',
  'best_friend',
])

/** Whether a subject has one such fact at a time. Open predicates are not exclusive, but for a subject's favourites. */
export function isExclusive(name: string): boolean {
  return exclusive.has(name) || name.startsWith('favourite_')
}
