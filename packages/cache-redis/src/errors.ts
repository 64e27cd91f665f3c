import { GraphMemError } from '@graphmem/core/spec'

const untrusted = 'its certificate is not trusted. Name its authority in NODE_EXTRA_CA_CERTS, or give a `client` with `tls: { ca }`'

const known: Readonly<Record<string, string>> = {
  NOAUTH: 'it wants a password. Give one in the URL',
  WRONGPASS: 'it does not know this user and password',
  NOPERM: 'its rules forbid it. Allow this user EVALSHA, EVAL and the keys of the prefix',
  OOM: 'it is full. Give it memory, or an eviction policy',
  READONLY: 'this node is a replica. Give the URL of the primary',
  LOADING: 'it is starting',
  CLUSTERDOWN: 'its Cluster is down',
  MOVED: 'it is part of a Cluster. Give `nodes` instead of `url`',
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  CERT_HAS_EXPIRED: 'its certificate has ended. Give the server another',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host. Give the name that the certificate has',
  ECONNREFUSED: 'nobody answers there',
  ENOTFOUND: 'there is no such host',
  ETIMEDOUT: 'it does not answer',
}

/** The driver's error without what it carries: the command, with keys and contents. */
export function cacheError(error: unknown): GraphMemError {
  if (GraphMemError.is(error)) return error
  const message = error instanceof Error ? error.message : ''
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const word = Object.keys(known).find(
    (each) => code === each || message.startsWith(each) || message.includes(`: -${each}`) || message.includes(`${each} `),
  )
  return new GraphMemError({
    code: 'CACHE_FAILED',
    retryable: true,
    message: `Cannot use Redis: ${(word !== undefined && known[word]) || 'the connection or the call failed. Look at the server'}.`,
  })
}
