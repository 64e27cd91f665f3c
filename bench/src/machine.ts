import { availableParallelism, cpus, totalmem } from 'node:os'

/** What the figures were taken on. */
export function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  const memory = (totalmem() / 2 ** 30).toFixed(0)
  return `${model}, ${availableParallelism()} cores, ${memory} GiB, ${process.platform} ${process.arch}, Node ${process.versions.node}`
}
