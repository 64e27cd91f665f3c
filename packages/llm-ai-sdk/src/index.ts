export { type AiSdkEmbedderOptions, embedderFromAiSdk } from './embedder-from-ai-sdk.ts'
export { type AiSdkModelOptions, fromAiSdk } from './from-ai-sdk.ts'
