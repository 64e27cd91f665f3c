import { z } from 'zod'
import { settingInvalid } from './setting-invalid.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export const text = z.string().min(1).optional()
export const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most)

const leastSecretBytes = 32

/** What a schema reads in an environment. A variable that is empty counts as not set. @throws GraphMemError `CONFIG_INVALID` naming the variable */
export function variablesOf<Schema extends z.ZodObject>(schema: Schema, env: Environment): z.infer<Schema> {
  const { success, data, error } = schema.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')))
  if (success) return data
  const [issue] = error.issues
  throw settingInvalid(String(issue?.path[0]), `it is not as docs/deploy.md says. ${issue?.message}`)
}

/**
 * Refuses a variable `GRAPHMEM_SERVER_…` that no schema knows: it would be set for nothing.
 *
 * @throws GraphMemError `CONFIG_INVALID` naming it
 */
export function refuseUnknown(names: readonly string[], schemas: readonly z.ZodObject[]): void {
  const known = new Set(schemas.flatMap(({ shape }) => Object.keys(shape)))
  const unknown = names.find((name) => name.startsWith('GRAPHMEM_SERVER_') && !known.has(name))
  if (unknown !== undefined) throw settingInvalid(unknown, 'there is no such setting. docs/deploy.md has those that there are')
}

/** @throws GraphMemError `CONFIG_INVALID` where it is too short to be one */
export function secretOf(variable: string, secret = ''): Uint8Array {
  const bytes = new TextEncoder().encode(secret)
  if (bytes.length < leastSecretBytes) throw settingInvalid(variable, `it is missing, or under ${leastSecretBytes} bytes. Give random ones`)
  return bytes
}
