import { ServiceMissing } from './service.ts'

/** Makes what a service is started from. Where that fails the service is missing, and the reason is what the error says. */
export async function orMissing<Made>(missing: (reason: string) => ServiceMissing, make: () => Promise<Made>): Promise<Made> {
  try {
    return await make()
  } catch (error) {
    if (error instanceof ServiceMissing) throw error
    throw missing(error instanceof Error ? error.message : String(error))
  }
}
