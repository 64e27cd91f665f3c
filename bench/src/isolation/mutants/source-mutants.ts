import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A source file that has lost one part of a scope, or of a key, at one place. */
export interface SourceMutant {
  /** Within the repository. */
  readonly file: string
  readonly line: number
  readonly loses: string
  readonly edits: readonly Edit[]
  /** Why nothing changes when it is gone: something else stands behind it. Such a mutant has to survive. */
  readonly guardedBy?: string
}

/** A stretch of a file, by where it begins and what stands there, and what comes in its place. */
export interface Edit {
  readonly file: string
  readonly at: number
  readonly from: string
  readonly to: string
}

interface Rule {
  readonly files: string
  readonly pattern: RegExp
  readonly loses: string
  readonly to: (match: RegExpMatchArray) => string
  /** Rules that are applied everywhere with it: a second guard, without which the first is alone. */
  readonly with?: readonly Rule[]
  /** Taken out at all places at once: a key that is made in several has to be the same in all. */
  readonly together?: true
  /** By what is taken out, and what stands before it in its line. */
  readonly guardedBy?: (text: string, before: string) => string | undefined
}

export const repository: string = fileURLToPath(new URL('../../../../', import.meta.url))

/** What stands behind every key of an index that the process holds. */
const incarnations: readonly Rule[] = [
  {
    files: 'packages/core/src/index-segments/index-cache.ts',
    pattern: /held\?\.head\.incarnation === head\.incarnation/g,
    loses: 'the incarnation of a held index',
    to: () => 'true',
  },
  {
    files: 'packages/core/src/index-segments/index-cache.ts',
    pattern: /loaded\.head\.incarnation === head\.incarnation/g,
    loses: 'the incarnation of a load that is joined',
    to: () => 'true',
  },
]

/** What stands behind the key under which equal questions wait for each other. */
const resultIncarnation: Rule = {
  files: 'packages/core/src/cache/result-key.ts',
  pattern: /head\.incarnation \?\? ''/g,
  loses: 'the incarnation',
  to: () => '0',
}

/** Of the key of a result: each part of each of its lines. */
const resultKeyParts: Rule = {
  files: 'packages/core/src/cache/result-key.ts',
  pattern:
    /(?<=^ {6}\['(?:memory|by|asked|at|asOf|knownAt)', .*?)(?:options\.\w+ === undefined \? \[.*?\] : plan\.\w+|[\w.]+\([\w.]+\)|[\w.]+(?: \?\? (?:''|\[\]|\{\}|false))?)(?=, |\],$)/gm,
  loses: '',
  to: () => '0',
  guardedBy: (text) =>
    text.includes('generation')
      ? 'a memory of another generation is refused before the cache is asked, and reindex() makes another version'
      : undefined,
}

const rules: readonly Rule[] = [
  ...['packages/core/src/*.ts', 'packages/cache-memory/src/*.ts'].flatMap((files): readonly Rule[] => [
    { files, pattern: /\bscopeKey\(([\w.]+)\)/g, loses: 'the memory', to: ([, scope]) => `(${scope}.userId + '/')` },
    { files, pattern: /\bscopeKey\(([\w.]+)\)/g, loses: 'the scope', to: () => "'all/'" },
  ]),
  { files: 'packages/cache-memory/src/*.ts', pattern: /\buserKey\(([\w.]+)\)/g, loses: 'the user', to: () => "'all/'" },
  {
    files: 'packages/core/src/cache/*.ts',
    pattern: /\bscopeKey\(([\w.]+)\)/g,
    loses: 'the scope, and the incarnation that stands behind it',
    to: () => "'all/'",
    with: [resultIncarnation],
  },
  {
    files: 'packages/core/src/index-segments/*.ts',
    pattern: /\bscopeKey\(([\w.]+)\)/g,
    loses: 'the scope, and the incarnation that stands behind it',
    to: () => "'all/'",
    with: incarnations,
    together: true,
  },
  incarnations[0] as Rule,
  resultKeyParts,
  // The codec: of every key and file name.
  ...[
    [/\$\{keySegment\(scope\.memoryId\)\}/g, 'the memory', ''],
    [/\$\{userKey\(scope\.userId\)\}/g, 'the user', ''],
    [/(?<=return `)\$\{keySegment\(userId\)\}/g, 'the user', 'all'],
    [/\[\^A-Za-z0-9\._@-\]/g, 'the escapes', '[^\\s\\S]'],
    [/~\$\{byte\.toString\(16\)\.padStart\(2, '0'\)\}/g, 'what is escaped', '~'],
    [/base32\(sha256\([^`]*\)\)/g, 'the hash of a file name', "'x'"],
    [/plain \? id/g, 'the check of a file name', 'true ? id'],
  ].map(
    ([pattern, loses, to]): Rule => ({
      files: 'packages/core/src/spec/scope-codec.ts',
      pattern: pattern as RegExp,
      loses: loses as string,
      to: () => to as string,
    }),
  ),
  // The maps of the store in memory.
  ...(['userId', 'memoryId', 'user'] as const).map(
    (part): Rule => ({
      files: 'packages/store-memory/src/memories.ts',
      pattern: new RegExp(`(?<=\\.(?:get|set|delete)\\()${part}\\b`, 'g'),
      loses: part,
      to: () => "''",
      guardedBy: (_, before) => (before.includes('size === 0') ? 'it only tidies up: a user whose map is empty has nothing' : undefined),
    }),
  ),
  // A file a user.
  { files: 'packages/store-turso/src/*.ts', pattern: /fileName\(userId\)/g, loses: "the user in a file's name", to: () => "'all'" },
  {
    files: 'packages/store-turso/src/*.ts',
    pattern: /owner !== undefined && owner !== userId/g,
    loses: 'the owner of a file',
    to: () => 'false',
  },
]

/** Every file of the packages that these rules can take something from, one place at a time. */
export function sourceMutants(): readonly SourceMutant[] {
  return rules.flatMap((rule) => {
    const found = editsOf(rule)
    if (found.length === 0) throw new Error(`nothing in ${rule.files} matches ${rule.pattern}: the rule is out of date`)
    const beside = (rule.with ?? []).flatMap(editsOf)
    return found.slice(0, rule.together ? 1 : undefined).map((edit) => {
      const guard = rule.guardedBy?.(edit.from, lineAt(edit.file, edit.at))
      return {
        file: edit.file,
        line: textOf(edit.file).slice(0, edit.at).split('\n').length,
        loses: rule.loses || edit.from,
        edits: [...(rule.together ? found : [edit]), ...beside],
        ...(guard !== undefined && { guardedBy: guard }),
      }
    })
  })
}

function editsOf({ files, pattern, to }: Rule): readonly Edit[] {
  return globSync(files, { cwd: repository })
    .sort()
    .flatMap((file) => [...textOf(file).matchAll(pattern)].map((match) => ({ file, at: match.index, from: match[0], to: to(match) })))
    .filter(({ file, at }) => !/^\s*(?:import|export function)/.test(lineAt(file, at)))
}

/** What stands in the line before a place. */
function lineAt(file: string, at: number): string {
  const text = textOf(file)
  return text.slice(text.lastIndexOf('\n', at) + 1, at)
}

function textOf(file: string): string {
  return readFileSync(join(repository, file), 'utf8')
}

/** The text of a file as a mutant has it. */
export function mutated(file: string, text: string, { edits }: SourceMutant): string {
  return edits
    .filter((edit) => edit.file === file)
    .sort((a, b) => b.at - a.at)
    .reduce((changed, { at, from, to }) => changed.slice(0, at) + to + changed.slice(at + from.length), text)
}
