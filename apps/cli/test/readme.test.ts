import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { expect, it } from 'vitest'
import { createProgram } from '../src/program.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

/** What stands under the heading that names a command: `### memories, stats, show`. */
function sectionOf(command: string): string | undefined {
  return readme.split(/^### /m).find((section) => section.split('\n', 1)[0]?.split(', ').includes(command))
}

/** The commands that do something, by how they are called: `audit verify`. */
function called(parent: Command, before = ''): readonly (readonly [name: string, command: Command])[] {
  return parent.commands.flatMap((command) => {
    const name = `${before}${command.name()}`
    return command.commands.length > 0 ? called(command, `${name} `) : [[name, command] as const]
  })
}

const program = createProgram('0.0.0', new AbortController().signal)

it.each(called(program))('the README tells of %s, and of all its options', (name, { options }) => {
  const section = sectionOf(name)
  expect(section).toContain(`graphmem ${name}`)
  for (const { long } of options) expect(section).toContain(long)
})

it('the README tells of the options of all commands', () => {
  const [head = ''] = readme.split('\n## Commands\n')
  const told = program.options.map(({ long }) => long).filter((long) => long !== '--version')
  expect(told).toContain('--user')
  for (const long of told) expect(head).toContain(`\`${long}`)
})
