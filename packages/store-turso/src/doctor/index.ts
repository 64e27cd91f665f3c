export { type TursoDoctorOptions, tursoDoctor } from './turso-doctor.ts'
