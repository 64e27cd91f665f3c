import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The folder of the oldest JDK here that is of a version or later; what `JAVA_HOME` names is looked at too. `undefined` where there is none. */
export function javaHome(oldest: number): string | undefined {
  const folders = [
    process.env['JAVA_HOME'],
    ...globSync('/usr/lib/jvm/*'),
    ...globSync('/Library/Java/JavaVirtualMachines/*/Contents/Home'),
  ]
  return folders
    .filter((folder) => folder !== undefined)
    .filter((folder) => globSync(join(folder, 'bin/javac*')).length > 0)
    .map((folder) => ({ folder, version: versionOf(folder) }))
    .filter(({ version }) => version >= oldest)
    .sort((a, b) => a.version - b.version)[0]?.folder
}

/** 0 where the folder does not say. */
function versionOf(folder: string): number {
  try {
    return Number(/^JAVA_VERSION="(\d+)/m.exec(readFileSync(join(folder, 'release'), 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
