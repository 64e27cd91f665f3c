import { type GraphStore, recordKinds, scope } from '@graphmem/core'

/** Where in one memory a word still stands, in whatever case: the kinds of its records, and `segments`, whose bytes are searched as they are. */
export async function placesOf(
  word: string,
  store: GraphStore,
  ids: { readonly userId: string; readonly memoryId: string },
): Promise<readonly string[]> {
  const graph = store.open(scope(ids))
  const wanted = word.toLowerCase()
  const places: string[] = []
  for (const kind of recordKinds) {
    for await (const record of graph.scan(kind)) if (JSON.stringify(record).toLowerCase().includes(wanted)) places.push(kind)
  }
  for await (const { bytes } of graph.segments(-1))
    if (Buffer.from(bytes).toString('latin1').toLowerCase().includes(wanted)) places.push('segments')
  return places
}
