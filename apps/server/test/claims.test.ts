import { expect, test } from 'vitest'
import { jwtAuthenticator } from '../src/who/jwt-authenticator.ts'
import { audience, issuer, secret, tokenOf } from './token.ts'

const { authenticate } = jwtAuthenticator({ secret, issuer, audience, regionClaim: 'home', weightClaim: 'turns' })
const principal = async (claims: Readonly<Record<string, unknown>>, scope?: string) =>
  authenticate(`Bearer ${await tokenOf('alice', scope, claims)}`)

test('a token says whose it is, where they live, what they are called and how many turns they have', async () => {
  expect(await principal({ home: 'eu', turns: 3, name: ' Alice ', jti: 't1' }, 'memory:read openid memory:destroy')).toEqual({
    ...{ userId: 'alice', region: 'eu', weight: 3, name: 'Alice', credentialId: 't1' },
    permissions: new Set(['memory:read']),
  })
})

test.each([0, -1, 13, 1.5, '3', null, [3], Number.MAX_SAFE_INTEGER])('turns of %j are as none', async (turns) => {
  expect(await principal({ turns, weight: 12 })).not.toHaveProperty('weight')
})
