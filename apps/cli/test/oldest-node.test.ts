import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isTooOld, oldestNode } from '../src/oldest-node.ts'
import { runProgram } from './run-program.ts'

/** Of a process that is told so: it runs on the Node of the tests, whatever it is told. */
const onNode = (version: string) => {
  const tell = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`
  return { env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(tell)}` } }
}

describe('the oldest Node', { timeout: 120_000 }, () => {
  it.each(['18.20.8', '20.20.2', '22.9.0', '22.17.1'])('is newer than %s', (version) => {
    expect(isTooOld(version)).toBe(true)
  })

  it.each(['22.18.0', '22.23.3', '23.0.0', '24.21.0', '100.0.0'])('is not newer than %s', (version) => {
    expect(isTooOld(version)).toBe(false)
  })

  it('is what the package asks for', () => {
    const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
    expect(engines).toEqual({ node: `>=${oldestNode}` })
  })

  it('is named, in one line, on an older one', async () => {
    expect(await runProgram(['--version'], onNode('20.20.2'))).toEqual({
      code: 1,
      stdout: '',
      stderr: 'graphmem needs Node 22.18 or later, and this is 20.20.2\n',
    })
    expect(await runProgram(['--version'], onNode('22.18.0'))).toMatchObject({ code: 0, stderr: '' })
  })
})
