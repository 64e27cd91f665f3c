import { invalid } from './option-error.ts'

/** As long as what `hostLabel` gives at most. */
const longestName = 'a'.repeat(32)

/**
 * The `http:` or `https:` URL beneath which a server answers, ending in `/`, with its placeholders as they are.
 *
 * @throws GraphMemError `CONFIG_INVALID`
 */
export function remoteUrl(field: string, url: string): string {
  const [, scheme = '', user, host = '', path = '', rest = ''] = /^([a-z]+):\/\/([^/?#]*@)?([^/?#]*)([^?#]*)(.*)$/is.exec(url) ?? []
  if (user !== undefined) throw invalid(field, 'it has credentials in it, where logs may show them. Give `authToken`')
  if (rest !== '') throw invalid(field, 'the URL of a server has no `?` and no `#` here. Give a token as `authToken`')
  const base = `${scheme.toLowerCase() === 'http' ? 'http' : 'https'}://${host}${path.replace(/\/*$/, '/')}`
  if (!URL.canParse(withName(base, longestName))) throw invalid(field, 'it is no URL of a server. Give one as `libsql://host`')
  return base
}

/**
 * As {@link remoteUrl}, of a template with `{userId}` in it. Wherever it stands, what a user is called decides on a database of the server,
 * and never on another server.
 */
export function remoteTemplate(field: string, url: string): string {
  const template = remoteUrl(field, url)
  const { hostname, pathname } = new URL(withName(template, longestName))
  const labels = hostname.split('.')
  if (labels.at(-1)?.includes(longestName)) throw invalid(field, 'its host ends with `{userId}`, so that a user could choose the server')
  if (labels.some((label) => label.includes(longestName) && !/[a-z]/.test(label.replaceAll(longestName, '')))) {
    throw invalid(
      field,
      '`{userId}` is a whole part of its host, so that a user could choose any server there. Write `memories-{userId}.…`',
    )
  }
  if (labels.some((label) => label.length > 63)) throw invalid(field, 'with `{userId}` as 32 letters, a part of its host is longer than 63')
  if (!`${hostname}${pathname}`.includes(longestName)) throw invalid(field, '`{userId}` is neither in its host nor in its path')
  return template
}

export function withName(template: string, name: string): string {
  return template.replaceAll('{userId}', name)
}
