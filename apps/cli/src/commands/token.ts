import { appendFile } from 'node:fs/promises'
import type { Permission } from '@graphmem/server'
import { type Command, Option } from 'commander'
import { refusal } from '../refusal.ts'
import { answer, note } from '../terminal.ts'

interface TokenChoice {
  readonly user?: string
  readonly name?: string
  readonly scope: readonly Permission[]
  readonly hours: number
  readonly region?: string
  readonly key?: string
}

const scopes = ['memory:read', 'memory:write', 'memory:admin'] as const satisfies readonly Permission[]
const leastSecretBytes = 32

export function addToken(program: Command): void {
  program
    .command('token')
    .summary('make a token, or a key of a machine, for the server')
    .description(
      'Prints a token (JWT, HS256) for a user, which a server with the same GRAPHMEM_SERVER_JWT_SECRET, GRAPHMEM_SERVER_ISSUER and GRAPHMEM_SERVER_AUDIENCE takes. With --key, prints an API key instead, and adds its hash to the file that GRAPHMEM_SERVER_KEYS names.',
    )
    .addOption(new Option('--scope <scopes...>', 'what it allows').choices(scopes).default(['memory:read', 'memory:write']))
    .addOption(new Option('--hours <number>', 'how long it is good').default(12).argParser(hoursOf))
    .option('--region <name>', "where the user's data has to stay")
    .option('--key <file>', 'an API key; the file gets its hash')
    .addHelpText(
      'after',
      `
Examples:
  $ graphmem token --user alice --name Alice
  $ graphmem token --user backup --scope memory:read --hours 8760 --key ./keys.ndjson`,
    )
    .action(async (_options: unknown, command: Command) => {
      const choice = command.optsWithGlobals<TokenChoice>()
      const { user } = choice
      if (user === undefined) throw refusal('--user', 'Cannot make a token: --user is missing. Whose is it?')
      if (choice.key !== undefined && choice.name !== undefined)
        throw refusal('--name', 'Cannot make a key: --name is of tokens alone. Leave it out.')
      answer(choice.key === undefined ? await tokenFor(user, choice) : await keyFor(user, choice, choice.key))
    })
}

async function tokenFor(user: string, { scope, hours, name, region }: TokenChoice): Promise<string> {
  const { signToken } = await import('@graphmem/server')
  const secret = new TextEncoder().encode(variable('GRAPHMEM_SERVER_JWT_SECRET'))
  if (secret.length < leastSecretBytes) {
    throw refusal('GRAPHMEM_SERVER_JWT_SECRET', `Cannot make a token: GRAPHMEM_SERVER_JWT_SECRET is under ${leastSecretBytes} bytes.`)
  }
  return signToken(user, {
    ...{ secret, issuer: variable('GRAPHMEM_SERVER_ISSUER'), audience: variable('GRAPHMEM_SERVER_AUDIENCE') },
    ...{ permissions: scope, expiresInSeconds: Math.round(hours * 3600) },
    ...(name === undefined ? {} : { name }),
    ...(region === undefined ? {} : { region }),
    regionClaim: process.env['GRAPHMEM_SERVER_REGION_CLAIM'] || undefined,
  })
}

async function keyFor(user: string, { scope, hours, region }: TokenChoice, file: string): Promise<string> {
  const { makeApiKey } = await import('@graphmem/server')
  const expiresAt = new Date(Date.now() + hours * 3_600_000).toISOString()
  const { key, stored } = makeApiKey({ userId: user, permissions: [...scope], expiresAt, ...(region === undefined ? {} : { region }) })
  await appendFile(file, `${JSON.stringify(stored)}\n`, { mode: 0o600 })
  note(`The key is shown this once. Its hash is in ${file}.`)
  return key
}

function hoursOf(text: string): number {
  const hours = Number(text)
  if (!(hours > 0 && hours <= 24 * 3660)) throw refusal('--hours', 'Cannot make a token: --hours is no number of hours above 0.')
  return hours
}

function variable(name: string): string {
  const value = process.env[name]
  if (value === undefined || value === '') throw refusal(name, `Cannot make a token: ${name} is not set. It has to be the server's.`)
  return value
}
