// Copied beside an installed @graphmem/config: opens each kind of adapter by its settings, and fails unless those alone that are named as arguments
// are there, and each other one is asked for by the command that installs it.
import { openCache, openGraphMem, openStore } from '@graphmem/config'
import type { Embedder, GraphStore, Reasoner } from '@graphmem/core'

const installed = process.argv.slice(2)
const store = { specVersion: 1 } as GraphStore
const reasoner = { specVersion: 1 } as Reasoner
const embedder = { specVersion: 1 } as Embedder

const openings: Readonly<Record<string, () => Promise<unknown>>> = {
  '@graphmem/store-memory': () => openStore({ store: 'memory:' }),
  '@graphmem/store-turso': () => openStore({ store: 'file:./none.db' }),
  '@graphmem/store-neo4j': () => openStore({ store: 'neo4j://127.0.0.1:1', storePassword: 'none' }),
  '@graphmem/cache-memory': () => openCache({ cache: 'memory:' }),
  '@graphmem/cache-redis': () => openCache({ cache: 'redis://127.0.0.1:1' }),
  '@graphmem/llm-local': () => openGraphMem({ store, embedder }),
  '@graphmem/llm-openai': () => openGraphMem({ store, embedder, llm: 'openai:none', llmKey: 'none' }),
  '@graphmem/llm-anthropic': () => openGraphMem({ store, embedder, llm: 'anthropic:none', llmKey: 'none' }),
  '@graphmem/llm-ollama': () => openGraphMem({ store, embedder, llm: 'ollama:none' }),
  '@graphmem/embed-onnx': () => openGraphMem({ store, reasoner, embedder: 'onnx:./none' }),
}

for (const [name, open] of Object.entries(openings)) {
  const problem = await open().then(
    () => '',
    (error: Error) => error.message,
  )
  if (problem.includes(`pnpm add ${name}`) === installed.includes(name)) {
    throw new Error(`${name} is ${installed.includes(name) ? '' : 'not '}installed, and opening it gives: ${problem || 'it'}`)
  }
}
process.exit()
