import type { FloodCommand, FloodOutcome } from './flood-command.ts'
import { NotAnswered, overHttp } from './over-http.ts'
import { type Mix, userWork } from './user-work.ts'

/** Nothing that is cheap. */
const mix: Mix = [
  ['query', 50],
  ['ingest', 50],
]

// One user on many connections, who asks again at once whatever the answer was, each time for so long.
process.on('message', async (command: FloodCommand) => process.send?.(await flood(command)))
process.send?.('ready')

async function flood({ url, token, place, connections, sentences, durationMs }: FloodCommand): Promise<FloodOutcome> {
  const { operations } = userWork(place, mix, sentences)
  const statuses: Record<string, number> = {}
  const end = performance.now() + durationMs
  await using open = new AsyncDisposableStack()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const { perform } = open.use(overHttp(url, token))
      while (performance.now() < end) {
        const status = await perform(operations.next().value).then(
          () => 200,
          (error: unknown) => (error instanceof NotAnswered ? error.status : 'broken'),
        )
        statuses[status] = (statuses[status] ?? 0) + 1
      }
    }),
  )
  return { statuses }
}
