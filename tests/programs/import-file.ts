import { createReadStream } from 'node:fs'
import { GraphMem } from '@graphmem/core'
import { localEmbedder } from '@graphmem/llm-local'
import { tursoStore } from '@graphmem/store-turso'
import { scriptedReasoner } from '../scripted-reasoner.ts'

/** Imports a file into Alice's memory: `import-file.ts URL FILE`. */
const [url = '', file = ''] = process.argv.slice(2)
const graphMem = new GraphMem({ store: tursoStore({ url }), reasoner: scriptedReasoner(), embedder: localEmbedder() })
const memory = graphMem.memory({ userId: 'alice', memoryId: 'chat' })
process.stdout.write('begins\n')
await memory.import(createReadStream(file))
process.stdout.write('done\n')
