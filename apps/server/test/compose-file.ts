import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** What the tests look at of a service. */
export interface ComposeService {
  readonly image?: string
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly ports?: readonly string[]
  readonly networks?: readonly string[]
  readonly user?: string
  readonly read_only?: boolean
  readonly cap_drop?: readonly string[]
  readonly security_opt?: readonly string[]
}

/** The services of a file for Compose, with the variables that it names in place. @throws Error where one is missing that must be there */
export function composeServices(path: string, variables: Readonly<Record<string, string>>): Readonly<Record<string, ComposeService>> {
  const text = readFileSync(path, 'utf8').replace(/\$\{(\w+)(?::([?-])([^}]*))?\}/g, (_, name: string, operator?: string, rest = '') => {
    const value = variables[name]
    if (value === undefined && operator !== '-') throw new Error(`${name} is not set: ${rest}`)
    return value ?? rest
  })
  return parse(text, { merge: true }).services
}
