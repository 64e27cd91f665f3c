/** The oldest Node on which the program runs, as in its `package.json`. */
export const oldestNode = '22.18'

/** @param version as `process.versions.node` has it */
export function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode.split('.').map(Number)
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor)
}
