declare module 'vitest' {
  interface TaskMeta {
    /** How many mutants a test tried, and how many of them were caught: `npm run isolation -- --mutants` reads it. */
    mutants?: { readonly mutants: number; readonly caught: number }
  }
}

export {}
