/**
 * Patterns of sentences, compiled when they are first asked for: compiling hundreds with `\p{…}` takes longer than all else that a process does until it
 * can answer, and most questions need few of them.
 */
export type Patterns = () => readonly RegExp[]

export function patterns(flags: string, sources: readonly string[]): Patterns {
  let compiled: readonly RegExp[] | undefined
  return () => {
    compiled ??= sources.map((source) => new RegExp(source, flags))
    return compiled
  }
}
