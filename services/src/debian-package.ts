import { execFileSync, spawnSync } from 'node:child_process'

/** Whether a command is on the PATH. */
export function hasCommand(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0
}

/** Installs a package of Debian's, where that is possible: as root, with apt-get. @returns whether it was. */
export function installDebianPackage(name: string): boolean {
  if (process.getuid?.() !== 0 || !hasCommand('apt-get')) return false
  try {
    console.error(`installing ${name}, once`)
    execFileSync('apt-get', ['update'], { stdio: 'ignore' })
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', name], {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    return true
  } catch {
    return false
  }
}
