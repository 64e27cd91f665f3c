import { GraphMemError } from '@graphmem/core/spec'

export function configInvalid(field: string, problem: string, cause?: unknown): GraphMemError {
  return new GraphMemError({ code: 'CONFIG_INVALID', field, message: `Cannot make an ONNX embedder: ${field}: ${problem}.`, cause })
}
