/**
 * The usual predicates, and whether a subject has one of each at a time. A model that uses the same word for the same thing lets a later fact end an
 * earlier one.
 */
export const usualPredicates: Readonly<Record<string, boolean>> = {
  works_at: true,
  job_title: true,
  studies_at: true,
  lives_in: true,
  from: true,
  born_in: true,
  born_on: true,
  died_on: true,
  age: true,
  located_in: false,
  part_of: false,
  owns: false,
  likes: false,
  dislikes: false,
  plans: false,
  diet: true,
  married_to: true,
  partner: true,
  mother: true,
  father: true,
  sister: false,
  brother: false,
  child: false,
  friend: false,
  colleague: false,
  manager: true,
  founded: false,
  wrote: false,
  visited: false,
  attended: false,
}

const longest = 64

/** Lower case with underscores; empty for what has no letter or digit. */
export function predicateOf(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join('_').slice(0, longest)
}
