import { appendFileSync } from 'node:fs'
import { GraphMem } from '@graphmem/core'
import { tursoStore } from '@graphmem/store-turso'
import { legibleEmbedder } from '../legible-embedder.ts'
import { scriptedReasoner } from '../scripted-reasoner.ts'

/** Goes over to another embedder with Alice's memory, and notes in a file each text that it pays for: `reembed-file.ts URL FILE`. */
const [url = '', file = ''] = process.argv.slice(2)
const embedder = legibleEmbedder((texts) => appendFileSync(file, texts.map((text) => `${text}\n`).join('')))
const graphMem = new GraphMem({ store: tursoStore({ url }), reasoner: scriptedReasoner(), embedder })
const memory = graphMem.memory({ userId: 'alice', memoryId: 'chat' })
process.stdout.write('begins\n')
await memory.reembed({ batchSize: 8 })
process.stdout.write('done\n')
