export { openaiEmbedder } from './openai-embedder.ts'
export { openaiModel } from './openai-model.ts'
export type { AzureDeployment, OpenAIEmbedderOptions, OpenAIModelOptions, OpenAIServerOptions } from './openai-options.ts'
export type { StructuredOutput } from './structured-output.ts'
