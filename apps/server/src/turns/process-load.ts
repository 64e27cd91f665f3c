/** How busy this process is. */
export interface ProcessLoad {
  /** Milliseconds that it took of a processor since it began: on a machine that is busy with others, less than went by. */
  cpuMs(): number
  /** How much of the time since this was last called it was busy, of 1. */
  busyShare(): number
}

export function processLoad(): ProcessLoad {
  let last = performance.eventLoopUtilization()
  return {
    cpuMs() {
      const { user, system } = process.cpuUsage()
      return (user + system) / 1000
    },
    busyShare() {
      const now = performance.eventLoopUtilization()
      const { utilization } = performance.eventLoopUtilization(now, last)
      last = now
      return utilization
    },
  }
}
