// Makes the key pair of a client that signs: private.jwk and public.jwks.

import { writeFile } from 'node:fs/promises'
import { webcrypto } from 'node:crypto'

const { privateKey, publicKey } = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
const jwk = async (key) => {
  const { kty, crv, x, y, d } = await webcrypto.subtle.exportKey('jwk', key)
  return { kty, crv, x, y, ...(d ? { d } : {}), kid: 'one', alg: 'ES256', use: 'sig' }
}
await writeFile('private.jwk', JSON.stringify(await jwk(privateKey)))
await writeFile('public.jwks', JSON.stringify({ keys: [await jwk(publicKey)] }))
