export { anthropicModel } from './anthropic-model.ts'
export type { AnthropicModelOptions } from './anthropic-options.ts'
