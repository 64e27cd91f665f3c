import { ServiceMissing } from './service.ts'

/** Whether something failed because a service is not to be had, and that is allowed: `GRAPHMEM_TEST_REQUIRE_SERVICES` is not `1`. */
export function mayBeMissing(error: unknown): error is ServiceMissing {
  return error instanceof ServiceMissing && process.env['GRAPHMEM_TEST_REQUIRE_SERVICES'] !== '1'
}
