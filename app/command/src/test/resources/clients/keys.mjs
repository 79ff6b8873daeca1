// Makes the key pairs of a client that signs, one of P-256 and one of Ed25519: private.jwk, ed.jwk, and public.jwks for both.

import { writeFile } from 'node:fs/promises'
import { webcrypto } from 'node:crypto'

const published = []
for (const [file, kid, algorithm] of [
  ['private', 'one', { name: 'ECDSA', namedCurve: 'P-256' }],
  ['ed', 'two', { name: 'Ed25519' }],
]) {
  const { privateKey, publicKey } = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const jwk = async (key) => {
    const { kty, crv, x, y, d } = await webcrypto.subtle.exportKey('jwk', key)
    return { kty, crv, x, ...(y ? { y } : {}), ...(d ? { d } : {}), kid, use: 'sig' }
  }
  await writeFile(`${file}.jwk`, JSON.stringify(await jwk(privateKey)))
  published.push(await jwk(publicKey))
}
await writeFile('public.jwks', JSON.stringify({ keys: published }))
