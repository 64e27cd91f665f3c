const run = /\p{Lu}[\p{L}\p{N}'’.-]*(?: (?:of |the |de )*\p{Lu}[\p{L}\p{N}'’.-]*)*/gu

/** The names that a regular expression for runs of capitalised words finds: what a reader of names is measured against. */
export function bareCapitals(text: string): readonly string[] {
  return text.match(run) ?? []
}
