import { nameBlock, nameKey } from '../analysis/name-key.ts'
import { contentId } from '../ids.ts'
import type { Sense } from '../spec/index.ts'

/** The user. No name has this key, since keys of names hold letters, digits and spaces only, or no letter at all. */
export const selfSense: Sense = senseOfKey('@self', '')

/** Whoever speaks without a name, as an assistant does. */
export const namelessSpeaker: Sense = senseOfKey('@speaker', '')

/** The bearer of a name; `undefined` for a name that is blank. */
export function senseOfName(name: string, discriminator: string): Sense | undefined {
  const key = nameKey(name)
  return key === '' ? undefined : senseOfKey(key, discriminator)
}

function senseOfKey(key: string, discriminator: string): Sense {
  return { id: contentId('sense', key, discriminator), key, discriminator, block: nameBlock(key) }
}
