import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildStep } from './build-step.ts'
import { hasCommand } from './debian-package.ts'

export const python = 'python3'

/**
 * As `3.11`: what is compiled for one does not run on another.
 *
 * @param leastMinor the 9 of Python 3.9
 * @throws Error that says what to install
 */
export async function pythonVersion(leastMinor = 9): Promise<string> {
  const version = hasCommand(python) ? await buildStep(python, ['-c', 'import pip, sys; print("%d.%d" % sys.version_info[:2])']) : '3.0'
  if (Number(version.split('.')[1]) < leastMinor) throw new Error(`install Python 3.${leastMinor} or later, with pip`)
  return version
}

export async function pip(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<void> {
  await pythonVersion()
  await buildStep(python, ['-m', 'pip', '--disable-pip-version-check', '--no-input', ...args], env)
}

/** Arguments of `pip` for packages that are exactly those whose hashes are named, as `name==version --hash=sha256:…`. The list stays in the folder. */
export async function exactly(requirements: readonly string[], folder: string): Promise<readonly string[]> {
  const file = join(folder, 'requirements.txt')
  await writeFile(file, requirements.join('\n'))
  return ['--no-deps', '--require-hashes', '--requirement', file]
}
