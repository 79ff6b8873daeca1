// The system that is spoken to, as the test said, and how a flow is chosen: node CLIENT.mjs FLOW.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { webcrypto } from 'node:crypto'
import { Person } from './person.mjs'

export const door = process.env.DOOR
export const issuer = new URL(`${door}/auth`)
export const callback = `${door}/callback`
export const notes = new URL(`${door}/notes`)
export const machine = { id: process.env.MACHINE, secret: process.env.MACHINE_SECRET }
export const signer = process.env.SIGNER
export const ada = () => new Person('ada', process.env.PASSWORD)

export async function signerKey(name = 'private') {
  const jwk = JSON.parse(await readFile(`${name}.jwk`, 'utf8'))
  const algorithm = jwk.kty === 'OKP' ? 'Ed25519' : { name: 'ECDSA', namedCurve: 'P-256' }
  return { kid: jwk.kid, key: await webcrypto.subtle.importKey('jwk', jwk, algorithm, false, ['sign']) }
}

// The promise must fail with this error of OAuth.
export async function refused(promise, error) {
  await assert.rejects(promise, (failure) => {
    assert.equal(failure.error ?? failure.cause?.error ?? failure.message, error)
    return true
  })
}

export async function run(flows) {
  const name = process.argv[2]
  assert.ok(flows[name], `no flow ${name}`)
  await flows[name]()
  console.log(`done: ${name}`)
}
