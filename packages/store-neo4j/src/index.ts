export type { Neo4jStoreOptions } from './neo4j-options.ts'
export { neo4jStore } from './neo4j-store.ts'
