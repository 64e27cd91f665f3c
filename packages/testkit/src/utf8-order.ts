/** The strings in the order of their code points, which is that of their UTF-8 bytes. */
export function inOrder(strings: Iterable<string>): readonly string[] {
  return [...strings].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
}

export function byId<T extends { readonly id: string }>(records: Iterable<T>): readonly T[] {
  return [...records].sort((a, b) => Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)))
}
