import { assertScope, GraphMemError, type GraphStore, scope, type UserId, userId } from '../spec/index.ts'
import { disposeAll } from './dispose-all.ts'

/**
 * One store made of several, each of which keeps the users of a region: data residency on any stores.
 *
 * `regionOf` is called each time a memory or a user is opened, and does no I/O; an open memory stays where it was opened. It gives the same
 * region for a user as long as the user's memories are there: a user is taken to another region by moving the memories first.
 *
 * The store can do what all of them can. Disposing of it disposes of all.
 *
 * @throws GraphMemError `CONFIG_INVALID` when there is no store, or one is of another version. `open` and `user` throw the same when `regionOf`
 * gives no region that is known: nobody is kept in a region by default.
 */
export function regional<Region extends string>(
  stores: Readonly<Record<Region, GraphStore>>,
  regionOf: (userId: UserId) => NoInfer<Region>,
): GraphStore {
  const regions = checked(stores, regionOf)
  const every = [...new Set(regions.values())]

  function storeOf(id: UserId): GraphStore {
    const store = regions.get(regionOf(id))
    if (store === undefined) {
      throw invalid(
        'regionOf',
        `\`regionOf\` gave none of the regions ${[...regions.keys()].join(', ')} for a user. Give one, not a promise`,
      )
    }
    return store
  }

  return {
    specVersion: 1,
    name: ['regional', ...new Set(every.map(({ name }) => name))].join('-'),
    capabilities: {
      durable: every.every(({ capabilities }) => capabilities.durable),
      multiProcess: every.every(({ capabilities }) => capabilities.multiProcess),
    },
    open(given) {
      assertScope(given)
      const own = scope(given)
      return storeOf(own.userId).open(own)
    },
    user(given) {
      const id = userId(given)
      return storeOf(id).user(id)
    },
    [Symbol.asyncDispose]: () => disposeAll(every),
  }
}

function checked(stores: Readonly<Record<string, GraphStore>>, regionOf: unknown): ReadonlyMap<string, GraphStore> {
  const regions = new Map(typeof stores === 'object' && stores !== null ? Object.entries(stores) : [])
  if (regions.size === 0) throw invalid('stores', 'there is no store: give one a region, as `{ eu, us }`')
  for (const [region, store] of regions) {
    if (typeof store !== 'object' || store === null || store.specVersion !== 1) {
      throw invalid('stores', `what is given for ${region} is no store of spec version 1`)
    }
  }
  if (typeof regionOf !== 'function') throw invalid('regionOf', '`regionOf` is no function')
  return regions
}

function invalid(field: string, problem: string): GraphMemError {
  return new GraphMemError({ code: 'CONFIG_INVALID', field, message: `Cannot place memories in regions: ${problem}.` })
}
