import { applyCases } from './cases/apply-cases.ts'
import { getCases } from './cases/get-cases.ts'
import { headCases } from './cases/head-cases.ts'
import type { StoreCase } from './store-case.ts'

/** What every graph store does, whatever it keeps graphs in. */
export const graphStoreCases: readonly StoreCase[] = [...headCases, ...applyCases, ...getCases]
