import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { jsonAnswer, problems } from '../http/answers.ts'
import { notFound } from '../http/not-found.ts'
import type { ScopeOpener } from '../http/open-scope.ts'
import type { ServerEnv } from '../http/server-env.ts'

const auditAnswer = z
  .strictObject({
    entries: z.array(
      z.strictObject({
        at: z.iso.datetime(),
        action: z.string(),
        requestId: z.string(),
        from: z.string(),
        status: z.int(),
        credentialId: z.string().optional(),
        memory: z.string().optional().openapi({ description: "A hash of the memory's id, under a key of the user's own." }),
        question: z.string().optional().openapi({ description: 'The same of the question.' }),
      }),
    ),
    next: z.string().optional(),
  })
  .openapi('Audit')

export function addAudit(app: OpenAPIHono<ServerEnv>, needs: ScopeOpener): void {
  const route = createRoute({
    method: 'get',
    path: '/v1/audit',
    operationId: 'readAudit',
    summary: 'What was done in the name of the user, the newest first',
    ...needs('memory:read', 'read-audit'),
    request: {
      query: z.strictObject({
        limit: z.coerce.number().int().min(1).max(1_000).default(100),
        cursor: z
          .string()
          .regex(/^\d{1,15}$/)
          .optional()
          .openapi({ description: 'The `next` of the page before.' }),
      }),
    },
    responses: { 200: jsonAnswer(auditAnswer, 'A page of entries.'), ...problems },
  })
  app.openapi(route, (c) => {
    const { limit, cursor } = c.req.valid('query')
    const { principal, region } = c.var
    if (region.audit === undefined) throw notFound('It is not recorded here who did what')
    const kept = region.audit.ofUser(principal.userId, { limit: limit + 1, ...(cursor === undefined ? {} : { before: Number(cursor) }) })
    const page = kept.slice(0, limit)
    const last = page.at(-1)
    const entries = page.map(({ number: _, user: __, at, ...entry }) => ({ ...entry, at: new Date(at).toISOString() }))
    return c.json({ entries, ...(kept.length > limit && last !== undefined ? { next: String(last.number) } : {}) }, 200)
  })
}
