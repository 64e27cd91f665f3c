import { once } from 'node:events'
import type { Command } from 'commander'
import { cliSettings, type StoreChoice } from '../cli-settings.ts'
import { refusal } from '../refusal.ts'

export function addServe(program: Command, signal: AbortSignal): void {
  program
    .command('serve')
    .summary('serve memories over HTTP')
    .description(
      'Serves memories over HTTP until Ctrl-C. Who comes is told by tokens alone: GRAPHMEM_SERVER_JWT_SECRET or GRAPHMEM_SERVER_JWKS_URL, with GRAPHMEM_SERVER_ISSUER and GRAPHMEM_SERVER_AUDIENCE; or GRAPHMEM_SERVER_KEYS. All settings: docs/deploy.md.',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ export GRAPHMEM_SERVER_JWT_SECRET=… GRAPHMEM_SERVER_ISSUER=https://example.com GRAPHMEM_SERVER_AUDIENCE=graphmem
  $ graphmem serve --store file:./graphmem.db
  $ GRAPHMEM_SERVER_AUTH=off GRAPHMEM_SERVER_USER=alice graphmem serve     # for this machine alone`,
    )
    .action(async (_options: unknown, command: Command) => {
      const choice = command.optsWithGlobals<StoreChoice>()
      if (choice.store !== undefined && (process.env['GRAPHMEM_SERVER_REGIONS'] ?? '') !== '')
        throw refusal('--store', '--store is of no region. Name the stores in the files of GRAPHMEM_SERVER_REGIONS.')
      const { serve } = await import('@graphmem/server')
      await serve({
        env: process.env,
        settings: () => cliSettings(choice),
        stopped: signal.aborted ? Promise.resolve() : once(signal, 'abort'),
      })
    })
}
