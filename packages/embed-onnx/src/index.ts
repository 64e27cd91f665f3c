export { onnxEmbedder } from './onnx-embedder.ts'
export type { OnnxEmbedderOptions } from './onnx-options.ts'
