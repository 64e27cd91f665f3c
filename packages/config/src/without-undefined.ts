type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> }

/** The entries that have a value: for options that are left out rather than `undefined`. */
export function withoutUndefined<T extends object>(options: T): Defined<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Defined<T>
}
