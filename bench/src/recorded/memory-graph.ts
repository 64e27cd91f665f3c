import type { ScopedGraph } from '@graphmem/core/spec'

/** A share of the walk goes back to where it began at each step, as in HippoRAG. */
const backShare = 0.5
/** After these, what is still to come is below a millionth. */
const steps = 20

/** What is written of a memory as one plain graph: passages, names, and between them mentions, facts and merges, all alike. */
export interface MemoryGraph {
  /** By key: the ids of the senses of that name. */
  readonly senses: ReadonlyMap<string, readonly string[]>
  /** How many passages state a fact. */
  readonly stating: number
  /** Personalised PageRank from some nodes, by their ids, each with its share. @returns by id of a node: the share of time spent there. */
  walk(from: ReadonlyMap<string, number>): ReadonlyMap<string, number>
}

/** Reads the graph of a memory: a passage is joined to what it mentions and to both ends of the facts it states; the ends of a fact to each other; senses to what they are merged with. */
export async function memoryGraph(graph: ScopedGraph): Promise<MemoryGraph> {
  const numbers = new Map<string, number>()
  const neighbours: number[][] = []
  const numberOf = (id: string): number => {
    const number = numbers.get(id) ?? numbers.size
    if (number === numbers.size) {
      numbers.set(id, number)
      neighbours.push([])
    }
    return number
  }
  const join = (a: string, b: string) => {
    const [from, to] = [numberOf(a), numberOf(b)]
    neighbours[from]?.push(to)
    neighbours[to]?.push(from)
  }
  const senses = new Map<string, string[]>()
  for await (const { id, key } of graph.scan('senses')) senses.set(key, [...(senses.get(key) ?? []), id])
  for await (const { id, mentions } of graph.scan('chunks')) for (const { senseId } of mentions) join(id, senseId)
  const ends = new Map<string, readonly string[]>()
  for await (const { id, subjectId, object } of graph.scan('facts')) {
    ends.set(id, 'senseId' in object ? [subjectId, object.senseId] : [subjectId])
    if ('senseId' in object) join(subjectId, object.senseId)
  }
  const stating = new Set<string>()
  for await (const { factId, chunkId } of graph.scan('assertions')) {
    stating.add(chunkId)
    for (const senseId of ends.get(factId) ?? []) join(chunkId, senseId)
  }
  for await (const { verdict, senses: both } of graph.scan('decisions')) if (verdict === 'same') join(...both)
  return { senses, stating: stating.size, walk: (from) => walk(from, numbers, neighbours) }
}

function walk(
  from: ReadonlyMap<string, number>,
  numbers: ReadonlyMap<string, number>,
  neighbours: readonly (readonly number[])[],
): ReadonlyMap<string, number> {
  const begin = new Float64Array(numbers.size)
  for (const [id, share] of from) begin[numbers.get(id) ?? -1] = share
  let here = begin
  for (let step = 0; step < steps; step += 1) {
    const next = begin.map((share) => share * backShare)
    for (const [number, others] of neighbours.entries()) {
      const share = ((1 - backShare) * (here[number] ?? 0)) / others.length
      if (share > 0) for (const other of others) next[other] = (next[other] ?? 0) + share
    }
    here = next
  }
  return new Map(Array.from(numbers, ([id, number]) => [id, here[number] ?? 0]))
}
