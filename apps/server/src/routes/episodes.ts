import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { jsonAnswer, problems } from '../http/answers.ts'
import { memoryPath } from '../http/memory-header.ts'
import type { ScopeOpener } from '../http/open-scope.ts'
import { nextField, pageOf, pageQuery } from '../http/page.ts'
import type { ServerEnv } from '../http/server-env.ts'

const episodesAnswer = z
  .strictObject({
    episodes: z.array(
      z.strictObject({
        id: z.string(),
        kind: z.enum(['text', 'turn', 'document']),
        title: z.string().optional(),
        source: z.string().optional(),
        session: z.string().optional(),
        speaker: z.string().optional(),
        at: z.string().optional(),
        recordedAt: z.string(),
        retiredAt: z.string().optional(),
      }),
    ),
    version: z.int(),
    ...nextField,
  })
  .openapi('Episodes')

export function addEpisodes(app: OpenAPIHono<ServerEnv>, needs: ScopeOpener): void {
  const route = createRoute({
    method: 'get',
    path: '/v1/memories/{memoryId}/episodes',
    operationId: 'readEpisodes',
    summary: 'What was ingested',
    ...needs('memory:read', 'read-episodes'),
    request: { params: memoryPath, query: pageQuery },
    responses: {
      200: {
        ...jsonAnswer(episodesAnswer, 'A page of episodes, in the order of time.'),
        links: {
          forget: {
            operationId: 'forgetEpisode',
            parameters: { memoryId: '$request.path.memoryId', episodeId: '$response.body#/episodes/0/id' },
          },
        },
      },
      ...problems,
    },
  })
  app.openapi(route, async (c) => {
    const read = (limit: number) => c.var.memory.episodes({ limit, signal: c.var.signal })
    const { items, ...rest } = await c.var.inTurn(() => pageOf(c.var, c.req.valid('query'), read))
    const episodes = items.map(({ at, recordedAt, retiredAt, ...episode }) => ({
      ...episode,
      recordedAt: recordedAt.toISOString(),
      ...(at === undefined ? {} : { at: at.toISOString() }),
      ...(retiredAt === undefined ? {} : { retiredAt: retiredAt.toISOString() }),
    }))
    return c.json({ episodes, ...rest }, 200)
  })
}
