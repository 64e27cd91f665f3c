import type { AuditVerdict, ChainHead } from '@graphmem/server'
import { type Command, Option } from 'commander'
import { exitCodes } from '../exit-codes.ts'
import { refusal } from '../refusal.ts'
import { answer, answerJson, counted } from '../terminal.ts'

interface AuditChoice {
  readonly json?: true
  readonly expect?: ChainHead
}

export function addAudit(program: Command): void {
  const audit = program.command('audit').summary("check a server's audit trail").description("What concerns a server's audit trail.")
  audit
    .command('verify')
    .summary('say whether an audit trail was changed')
    .description(
      'Reads the whole of an audit trail, and says which entries were changed, taken out, put in or cut off. It needs the GRAPHMEM_SERVER_AUDIT_SECRET of the server. Exit code 4 when anything is found.',
    )
    .argument('<file>', 'the file that GRAPHMEM_SERVER_AUDIT names')
    .addOption(
      new Option(
        '--expect <count:link>',
        'a head that was noted before: without it, a file put back as a whole is not told from one left alone',
      ).argParser(headOf),
    )
    .addHelpText('after', '\nExamples:\n  $ graphmem audit verify ./audit.db')
    .action(async (file: string, _options: unknown, command: Command) => {
      const { json, expect } = command.optsWithGlobals<AuditChoice>()
      const secret = process.env['GRAPHMEM_SERVER_AUDIT_SECRET']
      if (secret === undefined || secret === '')
        throw refusal('GRAPHMEM_SERVER_AUDIT_SECRET', "Cannot verify: GRAPHMEM_SERVER_AUDIT_SECRET is not set. It has to be the server's.")
      const verdict = await verified(file, secret, expect)
      if (json) answerJson(verdict)
      else
        answer(
          [
            `${counted(verdict.entries, 'entry', 'entries')}: ${verdict.faults.length === 0 ? 'nothing was changed' : counted(verdict.faults.length, 'fault')}`,
            ...verdict.faults,
          ].join('\n'),
        )
      if (verdict.faults.length > 0) process.exitCode = exitCodes.foundFaults
    })
}

async function verified(file: string, secret: string, expect: ChainHead | undefined): Promise<AuditVerdict> {
  const { verifyAudit } = await import('@graphmem/server')
  try {
    return verifyAudit(file, new TextEncoder().encode(secret), expect)
  } catch (error) {
    throw refusal('file', 'Cannot verify: the file is no audit trail, or cannot be read.', error)
  }
}

function headOf(text: string): ChainHead {
  const [, count, link] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? []
  if (count === undefined || link === undefined)
    throw refusal('--expect', 'Cannot verify: --expect is no head, as a server logs it when it stops.')
  return { count: Number(count), link }
}
