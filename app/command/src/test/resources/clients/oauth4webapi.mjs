// Flows by oauth4webapi, message by message; as resource server it reads our access tokens by RFC 9068 and RFC 9449.

import assert from 'node:assert/strict'
import * as oauth from 'oauth4webapi'
import { ada, callback, door, issuer, machine, notes, refused, run, signer, signerKey } from './system.mjs'

const storefront = { client_id: 'storefront' }

const discovered = async (algorithm = 'oidc') =>
  oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { algorithm }))

async function signedIn(as, options = {}) {
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const nonce = oauth.generateRandomNonce()
  const parameters = new URLSearchParams({
    response_type: 'code',
    redirect_uri: callback,
    scope: 'openid notes.list',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  })
  const pushed = await oauth.processPushedAuthorizationResponse(
    as, storefront, await oauth.pushedAuthorizationRequest(as, storefront, oauth.None(), parameters, options))
  const page = new URL(as.authorization_endpoint)
  page.search = new URLSearchParams({ client_id: storefront.client_id, request_uri: pushed.request_uri })
  const back = oauth.validateAuthResponse(as, storefront, await ada().goTo(page, callback), state)
  return oauth.processAuthorizationCodeResponse(
    as, storefront,
    await oauth.authorizationCodeGrantRequest(as, storefront, oauth.None(), back, callback, verifier, options),
    { expectedNonce: nonce, requireIdToken: true })
}

// As a resource server would: is this a good access token for the door?
const accessTokenIn = (as, headers) => oauth.validateJwtAccessToken(as, new Request(notes, { headers }), door)

await run({
  async discovers() {
    assert.equal((await discovered('oidc')).issuer, issuer.href)
    assert.equal((await discovered('oauth2')).issuer, issuer.href)
  },

  async readsAccessTokensAsAResourceServer() {
    const as = await discovered()
    const tokens = await signedIn(as)
    const claims = await accessTokenIn(as, { authorization: `Bearer ${tokens.access_token}` })
    assert.equal(claims.client_id, 'storefront')
    assert.equal(claims.sub, oauth.getValidatedIdTokenClaims(tokens).sub)
    assert.deepEqual(claims.scope.split(' ').sort(), ['notes.list', 'openid'])
    await assert.rejects(accessTokenIn(as, { authorization: `Bearer ${tokens.id_token}` }))
  },

  async asksWhoItIs() {
    const as = await discovered()
    const tokens = await signedIn(as)
    const { sub } = oauth.getValidatedIdTokenClaims(tokens)
    const person = await oauth.processUserInfoResponse(
      as, storefront, sub, await oauth.userInfoRequest(as, storefront, tokens.access_token))
    assert.equal(person.sub, sub)
  },

  async bindsTokensToItsKey() {
    const as = await discovered()
    const DPoP = oauth.DPoP(storefront, await oauth.generateKeyPair('ES256', { extractable: false }))
    const tokens = await signedIn(as, { DPoP })
    assert.equal(tokens.token_type, 'dpop')
    const answer = await oauth.protectedResourceRequest(tokens.access_token, 'GET', notes, undefined, undefined, { DPoP })
    assert.equal(answer.status, 200)
    await assert.rejects(accessTokenIn(as, { authorization: `Bearer ${tokens.access_token}` }))
  },

  async refreshes() {
    const as = await discovered()
    const first = await signedIn(as)
    const refresh = async (token) =>
      oauth.processRefreshTokenResponse(
        as, storefront, await oauth.refreshTokenGrantRequest(as, storefront, oauth.None(), token))
    const second = await refresh(first.refresh_token)
    assert.ok(second.access_token && second.refresh_token)
    await refused(refresh(first.refresh_token), 'invalid_grant')
    await refused(refresh(second.refresh_token), 'invalid_grant')
  },

  async revokes() {
    const as = await discovered()
    const tokens = await signedIn(as)
    await oauth.processRevocationResponse(
      await oauth.revocationRequest(as, storefront, oauth.None(), tokens.refresh_token))
    await refused(
      oauth.refreshTokenGrantRequest(as, storefront, oauth.None(), tokens.refresh_token).then((answer) =>
        oauth.processRefreshTokenResponse(as, storefront, answer)),
      'invalid_grant')
  },

  async isAMachine() {
    const as = await discovered()
    const client = { client_id: machine.id }
    const secret = oauth.ClientSecretBasic(machine.secret)
    const tokens = await oauth.processClientCredentialsResponse(
      as, client, await oauth.clientCredentialsGrantRequest(as, client, secret, { resource: door }))
    await accessTokenIn(as, { authorization: `Bearer ${tokens.access_token}` })
    const known = await oauth.processIntrospectionResponse(
      as, client, await oauth.introspectionRequest(as, client, secret, tokens.access_token))
    assert.equal(known.active, true)
    const unknown = await oauth.processIntrospectionResponse(
      as, client, await oauth.introspectionRequest(as, client, secret, 'unknown'))
    assert.deepEqual(unknown, { active: false })
  },

  async isAMachineThatSigns() {
    const as = await discovered()
    const client = { client_id: signer }
    const tokens = await oauth.processClientCredentialsResponse(
      as, client, await oauth.clientCredentialsGrantRequest(as, client, oauth.PrivateKeyJwt(await signerKey()), {}))
    assert.ok(tokens.access_token)
  },

  async asksForAnotherResource() {
    const as = await discovered()
    const client = { client_id: machine.id }
    await refused(
      oauth.clientCredentialsGrantRequest(
        as, client, oauth.ClientSecretBasic(machine.secret), { resource: 'https://elsewhere.example' })
        .then((answer) => oauth.processClientCredentialsResponse(as, client, answer)),
      'invalid_target')
  },
})
