export { ollamaEmbedder } from './ollama-embedder.ts'
export { ollamaModel } from './ollama-model.ts'
export type { OllamaEmbedderOptions, OllamaModelOptions, OllamaServer } from './ollama-options.ts'
