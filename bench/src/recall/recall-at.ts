/** |gold in the first `depth`| / |gold|, 0 to 1. */
export function recallAt(depth: number, ranked: readonly string[], gold: readonly string[]): number {
  const first = new Set(ranked.slice(0, depth))
  return gold.filter((id) => first.has(id)).length / gold.length
}
