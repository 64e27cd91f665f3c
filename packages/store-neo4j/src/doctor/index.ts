export { type Neo4jDoctorOptions, neo4jDoctor } from './neo4j-doctor.ts'
