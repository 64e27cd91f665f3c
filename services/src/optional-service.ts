import { mayBeMissing } from './may-be-missing.ts'

/**
 * Starts a service, or fetches a program, that tests can do without: `undefined` where it is not to be had, unless `GRAPHMEM_TEST_REQUIRE_SERVICES` is `1`.
 *
 * @throws ServiceMissing
 */
export async function optionalService<Found>(start: () => Promise<Found>): Promise<Found | undefined> {
  try {
    return await start()
  } catch (error) {
    if (!mayBeMissing(error)) throw error
    return undefined
  }
}
