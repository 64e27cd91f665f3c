export type { TursoStoreOptions } from './turso-options.ts'
export { tursoStore } from './turso-store.ts'
