import type { Backend, Sent } from './backend.ts'

/** What is said to a driver, kept until it is taken. */
export function notes(): Pick<Backend, 'taken'> & { readonly note: (sent: Sent) => void } {
  let said: Sent[] = []
  return {
    note: (sent) => void said.push(sent),
    taken() {
      const taken = said
      said = []
      return taken
    },
  }
}
