/** Who did what to which memory, when, from where, and what came of it. Never a text: of a question, a hash under the user's own key. */
export interface AuditEntry {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** `query`, `ingest`, `erase-user` … */
  readonly action: string
  readonly requestId: string
  /** The address it came from. */
  readonly from: string
  /** The status of the answer. */
  readonly status: number
  /** Which credential it was, where that has a name. */
  readonly credentialId?: string
  readonly memoryId?: string
  readonly question?: string
}

/**
 * An entry as it is kept: ids and questions as hashes under a key of the user's, and the credential sealed by it, since whoever gave it out knows whose
 * it is. The key goes when the user is erased.
 */
export interface KeptEntry {
  /** From 1, without gaps. */
  readonly number: number
  readonly at: number
  readonly user: string
  readonly action: string
  readonly requestId: string
  readonly from: string
  readonly status: number
  readonly credential?: string
  readonly memory?: string
  readonly question?: string
}

/** An entry as it is told to the user whose it is. */
export type OwnEntry = Omit<KeptEntry, 'credential'> & Pick<AuditEntry, 'credentialId'>
