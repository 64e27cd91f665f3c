import type { Endpoint } from '../provider/provider-under-test.ts'

/** What goes wrong with what speaks to a provider: in it, or in what it is given. */
export interface ProviderDefect<Part> {
  readonly name: string
  readonly does: string
  /** The ids of the cases that it fails. */
  readonly fails: readonly string[]
  readonly wrap?: (sound: Part) => Partial<Part>
  readonly endpoint?: (given: Endpoint) => Endpoint
}

/** What can go wrong with a language model and with an embedder alike. */
export const anyDefects: readonly ProviderDefect<{ readonly id: string }>[] = [
  { name: 'misnames-itself', does: 'says another id than it has', fails: ['contract'], wrap: () => ({ id: 'another:model' }) },
  {
    name: 'sends-another-key',
    does: 'sends a key that it was not given',
    fails: ['key-sent'],
    endpoint: ({ url }) => ({ url, key: 'another-key' }),
  },
]

interface UnderTest<Part> {
  create(given: Endpoint): Part | Promise<Part>
}

/** Breaks a sound one in each of these ways. */
export function broken<Part, Under extends UnderTest<Part>>(
  defects: readonly ProviderDefect<Part>[],
  under: Under,
): readonly (Pick<ProviderDefect<Part>, 'name' | 'does' | 'fails'> & { readonly under: Under })[] {
  return defects.map(({ wrap, endpoint, ...defect }) => ({
    ...defect,
    under: {
      ...under,
      async create(given: Endpoint) {
        const sound = await under.create(endpoint?.(given) ?? given)
        return { ...sound, ...wrap?.(sound) }
      },
    },
  }))
}
