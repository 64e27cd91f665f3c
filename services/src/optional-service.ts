import { type Service, ServiceMissing } from './service.ts'

/**
 * Starts a service that tests can do without: `undefined` where it is not to be had, unless `GRAPHMEM_TEST_REQUIRE_SERVICES` is `1`.
 *
 * @throws ServiceMissing
 */
export async function optionalService(start: () => Promise<Service>): Promise<Service | undefined> {
  try {
    return await start()
  } catch (error) {
    if (!(error instanceof ServiceMissing) || process.env['GRAPHMEM_TEST_REQUIRE_SERVICES'] === '1') throw error
    return undefined
  }
}
