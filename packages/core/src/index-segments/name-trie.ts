/** A passage that is about a name, with how surely: see `AboutName`. */
export interface AboutChunk {
  readonly chunk: number
  readonly kind: number
}

/** The node from which every name starts; as an answer, that no name goes on this way. */
const noName = 0

/** The names that passages are about, word by word: a name is a walk from the root, told by the number of the node where it ends. */
export class NameTrie {
  readonly #firsts = new Map<number, number>()
  readonly #children = new Map<number, number>()
  readonly #about: (AboutChunk[] | undefined)[] = [undefined]

  /** Notes that a passage is about the name of these words, and returns the node where the name ends. */
  add(words: readonly number[], about: AboutChunk): number {
    let node = noName
    for (const word of words) {
      let next = this.step(node, word)
      if (next === noName) {
        next = this.#about.length
        this.#about.push(undefined)
        if (node === noName) this.#firsts.set(word, next)
        else this.#children.set(childKey(node, word), next)
      }
      node = next
    }
    const list = this.#about[node]
    if (list === undefined) this.#about[node] = [about]
    else list.push(about)
    return node
  }

  /** The node one word further. */
  step(node: number, word: number): number {
    if (node === noName) return this.#firsts.get(word) ?? noName
    return this.#children.get(childKey(node, word)) ?? noName
  }

  /** The node where the name of these words ends; 0 when no passage is about it or one that goes on from it. */
  walk(words: readonly number[]): number {
    let node = noName
    for (const word of words) {
      node = this.step(node, word)
      if (node === noName) break
    }
    return node
  }

  /** The passages that are about the name which ends here, believed or not. */
  about(node: number): readonly AboutChunk[] {
    return this.#about[node] ?? []
  }

  get size(): number {
    return this.#about.length
  }
}

/** Below 2^53 for a hundred million nodes and 2^26 words. */
function childKey(node: number, word: number): number {
  return node * 2 ** 26 + word
}
