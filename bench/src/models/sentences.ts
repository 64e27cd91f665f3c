/** Documents of one sentence, each a chunk that the doubles can read. */
export function sentences(count: number, whose = 'Ann'): readonly { readonly id: string; readonly text: string }[] {
  return Array.from({ length: count }, (_, place) => ({ id: `${whose}-${place}`, text: `${whose}${place} works at Acme${place}.` }))
}
