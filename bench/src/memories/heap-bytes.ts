import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** What the process needs of its heap and of array buffers, once all garbage is collected. */
export function heapBytes(): number {
  // What is weakly held by what goes in the first round goes in the second.
  collect()
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
