export { localEmbedder } from './local-embedder.ts'
export { localReasoner } from './local-reasoner.ts'
