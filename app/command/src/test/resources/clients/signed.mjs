// Clients that are told in one algorithm each, by oauth4webapi, with the keys that the provider publishes.

import assert from 'node:assert/strict'
import * as oauth from 'oauth4webapi'
import { ada, door, issuer, notes, run } from './system.mjs'

const callback = 'http://127.0.0.1:8123/callback'
const header = (token) => JSON.parse(Buffer.from(token.split('.')[0], 'base64url'))

async function reads(id, algorithm) {
  const client = { client_id: id, id_token_signed_response_alg: algorithm }
  const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { algorithm: 'oidc' }))
  assert.ok(as.id_token_signing_alg_values_supported.includes(algorithm))
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const nonce = oauth.generateRandomNonce()
  const page = new URL(as.authorization_endpoint)
  page.search = new URLSearchParams({
    client_id: id,
    response_type: 'code',
    redirect_uri: callback,
    scope: 'openid notes.list',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    claims: JSON.stringify({ id_token: { acr: { essential: true, values: ['urn:ringwall:acr:password'] } } }),
    login_hint: 'ada',
    state,
    nonce,
  })
  const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('Ed25519', { extractable: false }))
  const back = oauth.validateAuthResponse(as, client, await ada().goTo(page, callback), state)
  const asks = () => oauth.authorizationCodeGrantRequest(as, client, oauth.None(), back, callback, verifier, { DPoP })
  const reading = (answer) =>
    oauth.processAuthorizationCodeResponse(as, client, answer, { expectedNonce: nonce, requireIdToken: true })
  let answer = await asks()
  const tokens = await reading(answer).catch(async (failure) => {
    assert.ok(oauth.isDPoPNonceError(failure), failure)
    answer = await asks()
    return reading(answer)
  })
  assert.equal(header(tokens.id_token).alg, algorithm)
  assert.equal(oauth.getValidatedIdTokenClaims(tokens).acr, 'urn:ringwall:acr:password')
  await oauth.validateApplicationLevelSignature(as, answer)
  assert.equal(header(tokens.access_token).alg, process.env.ACCESS)
  const opened = await oauth.protectedResourceRequest(tokens.access_token, 'GET', notes, undefined, undefined, { DPoP })
  assert.equal(opened.status, 200)
  return { as, tokens, DPoP, client }
}

await run({
  readsEs256: () => reads('usual', 'ES256'),
  readsPs256: () => reads('pss', 'PS256'),
  readsEdDsa: () => reads('ed', 'EdDSA'),
  readsRs256: () => reads('old', 'RS256'),
  async isRefusedWhatItDidNotRegisterFor() {
    await assert.rejects(reads('pss', 'ES256'), /alg/i)
  },
})
