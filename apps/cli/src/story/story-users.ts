import type { GraphMem } from '@graphmem/core'
import { refusal } from '../refusal.ts'

/** Everybody the story speaks as. */
const userIds = ['alice', 'bob', 'carol', 'caroline']

/** The story ends with an erasure: it does not begin where somebody of those names has memories. @throws GraphMemError */
export async function refuseIfKnown(graphMem: GraphMem): Promise<void> {
  for (const userId of userIds) {
    if ((await graphMem.user(userId).list()).length > 0) {
      throw refusal('store', `The story erases ${userIds.join(', ')} when it ends, and ${userId} has memories there. Name an empty store.`)
    }
  }
}

export async function eraseUsers(graphMem: GraphMem): Promise<void> {
  for (const userId of userIds) await graphMem.user(userId).erase()
}
