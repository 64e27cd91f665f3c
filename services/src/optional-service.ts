import { mayBeMissing } from './may-be-missing.ts'
import type { Service } from './service.ts'

/**
 * Starts a service that tests can do without: `undefined` where it is not to be had, unless `GRAPHMEM_TEST_REQUIRE_SERVICES` is `1`.
 *
 * @throws ServiceMissing
 */
export async function optionalService(start: () => Promise<Service>): Promise<Service | undefined> {
  try {
    return await start()
  } catch (error) {
    if (!mayBeMissing(error)) throw error
    return undefined
  }
}
