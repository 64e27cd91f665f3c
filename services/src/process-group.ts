import { spawn } from 'node:child_process'

/** A process and all that it started. */
export interface ProcessGroup {
  kill(): void
}

/**
 * The group that a process leads, which was spawned `detached`. A shell waits beside it, and kills the group when this process is gone,
 * however it went: the shell's input ends then.
 */
export function processGroup(leader: number): ProcessGroup {
  const watch = spawn('sh', ['-c', 'read -r _; kill -KILL "-$1"', 'sh', String(leader)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  return {
    kill() {
      watch.kill('SIGKILL')
      try {
        process.kill(-leader, 'SIGKILL')
      } catch {
        // All of it has ended already.
      }
    },
  }
}
