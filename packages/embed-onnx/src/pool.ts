import type { Pooling } from './model-configuration.ts'

/** One vector of unit length from those of a text's tokens, which stand one after another; zero where all of them are. */
export function pool(states: Float32Array, dimensions: number, pooling: Pooling): Float32Array {
  const tokens = pooling === 'cls' ? 1 : states.length / dimensions
  const pooled = Float64Array.from(states.subarray(0, dimensions))
  for (let token = 1; token < tokens; token++) {
    const start = token * dimensions
    for (let d = 0; d < dimensions; d++) {
      const value = states[start + d] ?? 0
      pooled[d] = pooling === 'max' ? Math.max(pooled[d] ?? 0, value) : (pooled[d] ?? 0) + value
    }
  }
  // A mean is a sum but for its length, which is made one.
  const length = Math.sqrt(pooled.reduce((square, value) => square + value * value, 0))
  return Float32Array.from(pooled, (value) => (length === 0 ? 0 : value / length))
}
