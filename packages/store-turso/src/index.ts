export type { AuthToken } from './auth-token.ts'
export { databaseName, type TursoStoreOptions } from './turso-options.ts'
export { tursoStore } from './turso-store.ts'
