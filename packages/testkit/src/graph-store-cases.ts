import { applyCases } from './cases/apply-cases.ts'
import { capabilityCases } from './cases/capability-cases.ts'
import { contentCases } from './cases/content-cases.ts'
import { countCases } from './cases/count-cases.ts'
import { disposeCases } from './cases/dispose-cases.ts'
import { eraseCases } from './cases/erase-cases.ts'
import { errorCases } from './cases/error-cases.ts'
import { getCases } from './cases/get-cases.ts'
import { headCases } from './cases/head-cases.ts'
import { identifierCases } from './cases/identifier-cases.ts'
import { isolationCases } from './cases/isolation-cases.ts'
import { lookupCases } from './cases/lookup-cases.ts'
import { removeCases } from './cases/remove-cases.ts'
import { retireCases } from './cases/retire-cases.ts'
import { scanCases } from './cases/scan-cases.ts'
import { scopeCases } from './cases/scope-cases.ts'
import { segmentCases } from './cases/segment-cases.ts'
import { signalCases } from './cases/signal-cases.ts'
import { userCases } from './cases/user-cases.ts'
import type { StoreCase } from './store-case.ts'

/** What every graph store does, whatever it keeps graphs in. */
export const graphStoreCases: readonly StoreCase[] = [
  ...headCases,
  ...applyCases,
  ...retireCases,
  ...removeCases,
  ...getCases,
  ...scanCases,
  ...lookupCases,
  ...segmentCases,
  ...countCases,
  ...eraseCases,
  ...userCases,
  ...contentCases,
  ...signalCases,
  ...disposeCases,
  ...scopeCases,
  ...capabilityCases,
  ...errorCases,
  ...identifierCases,
  ...isolationCases,
]
