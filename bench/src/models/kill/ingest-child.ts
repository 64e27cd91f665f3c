import { GraphMem } from '@graphmem/core'
import { localEmbedder } from '@graphmem/llm-local'
import { tursoStore } from '@graphmem/store-turso'
import { reasonerAt } from '../model-double.ts'
import { sentences } from '../sentences.ts'
import type { IngestCommand, IngestOutcome } from './ingest-command.ts'

const { url, file, count } = JSON.parse(process.argv[2] ?? '') as IngestCommand
await using graphMem = new GraphMem({ store: tursoStore({ url: `file:${file}` }), reasoner: reasonerAt(url), embedder: localEmbedder() })
const memory = graphMem.memory({ userId: 'ann', memoryId: 'models' })
const { failed, unchanged, usage } = await memory.ingest({ documents: sentences(count) })
const { chunks, assertions } = (await memory.stats()).records
const outcome: IngestOutcome = { failed, unchanged, calls: usage.calls, chunks, assertions }
console.log(JSON.stringify(outcome))
