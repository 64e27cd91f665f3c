import type { Principal } from '../who/principal.ts'
import type { Homes } from './homes.ts'
import type { Region } from './region.ts'

/** The region of a user. `undefined`: none, or none that is served here. */
export type RegionOf = (principal: Principal) => Region | undefined

/**
 * @param regions by name; one without a name is of all users
 * @param homes where each user lives. Without it the token says
 */
export function regionFinder(regions: ReadonlyMap<string | undefined, Region>, homes: Homes | undefined): RegionOf {
  const ofAll = regions.get(undefined)
  if (ofAll !== undefined) return () => ofAll
  return ({ userId, region }) => {
    const home = homes === undefined ? region : homes.get(userId)
    return home === undefined ? undefined : regions.get(home)
  }
}
