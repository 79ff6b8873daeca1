// A provider by oidc-provider, which is certified by the OpenID Foundation. It says its issuer, is told the door, and runs until its input ends. What it
// signs is signed as SIGNED says.

import { webcrypto } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { request } from 'node:https'
import { createInterface } from 'node:readline'
import Provider from 'oidc-provider'

const people = { ana: { groups: ['staff'] }, bob: { groups: ['guests'] } }

// Posts to the door, whose root is there only once the door is.
const told = (url, { method, headers, body }) =>
  new Promise((done, failed) => {
    const asking = request(
      url,
      { method, headers: Object.fromEntries(new Headers(headers)), ca: readFileSync(process.env.ROOTS) },
      (answer) => answer.resume().on('end', () => done(new Response(null, { status: answer.statusCode }))),
    )
    asking.on('error', failed)
    asking.end(body?.toString())
  })

const signed = process.env.SIGNED
const algorithm = {
  RS256: { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
  EdDSA: { name: 'Ed25519' },
}[signed]
const { privateKey } = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
const { key_ops, ext, ...jwk } = await webcrypto.subtle.exportKey('jwk', privateKey)

const server = createServer((request, response) => callback(request, response))
let callback = (_, response) => response.writeHead(503).end()

await new Promise((done) => server.listen(0, '127.0.0.1', done))
const issuer = `http://127.0.0.1:${server.address().port}`
console.log(issuer)

const lines = createInterface({ input: process.stdin })
lines.on('close', () => process.exit(0))
lines.once('line', (door) => {
  const client = (id, more) => ({
    client_id: id,
    redirect_uris: [`${door}/auth/sso/${id}/callback`],
    backchannel_logout_uri: `${door}/auth/sso/${id}/logout`,
    backchannel_logout_session_required: true,
    id_token_signed_response_alg: signed,
    ...more,
  })
  const provider = new Provider(issuer, {
    jwks: { keys: [{ ...jwk, alg: signed, use: 'sig', kid: 'one' }] },
    enabledJWA: { idTokenSigningAlgValues: [signed] },
    clients: [
      client('acme', { client_secret: process.env.SECRET, token_endpoint_auth_method: 'client_secret_basic' }),
    ],
    claims: { openid: ['sub', 'groups', 'preferred_username'] },
    conformIdTokenClaims: false,
    cookies: { keys: [process.env.SECRET] },
    features: {
      devInteractions: { enabled: true },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true },
      pushedAuthorizationRequests: { enabled: process.env.PUSHED === 'yes' },
    },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: id, ...people[id] }),
    }),
    fetch: told,
  })
  provider.on('backchannel.error', (_, failed) => console.log(`not told: ${failed.message}`))
  provider.on('server_error', (_, failed) => console.log(`failed: ${failed.stack}`))
  callback = provider.callback()
  console.log('ready')
})
