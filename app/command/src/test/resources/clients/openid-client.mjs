// Flows by openid-client, which has certificates of the OpenID Foundation.

import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { ada, callback, issuer, machine, notes, refused, run, signer, signerKey } from './system.mjs'

async function storefront() {
  const config = await client.discovery(issuer, 'storefront', undefined, client.None())
  client.enableNonRepudiationChecks(config) // looks at the signature of the ID token as well
  return config
}

// What a request for a code says, and what its answer must fit.
async function question() {
  const verifier = client.randomPKCECodeVerifier()
  const checks = { pkceCodeVerifier: verifier, expectedState: client.randomState(), expectedNonce: client.randomNonce() }
  return {
    checks,
    parameters: {
      redirect_uri: callback,
      scope: 'openid notes.list',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: checks.expectedState,
      nonce: checks.expectedNonce,
    },
  }
}

async function signedIn(config, options, person = ada()) {
  const { checks, parameters } = await question()
  const back = await person.goTo(await client.buildAuthorizationUrlWithPAR(config, parameters, options), callback)
  return { back, checks, tokens: await client.authorizationCodeGrant(config, back, checks, undefined, options) }
}

const notesWith = async (config, token, options) =>
  (await client.fetchProtectedResource(config, token, notes, 'GET', undefined, undefined, options)).status

await run({
  async discovers() {
    for (const algorithm of ['oidc', 'oauth2']) {
      const metadata = (await client.discovery(issuer, 'storefront', undefined, client.None(), { algorithm })).serverMetadata()
      assert.equal(metadata.issuer, issuer.href)
      assert.ok(metadata.supportsPKCE())
      assert.equal(metadata.authorization_response_iss_parameter_supported, true)
    }
  },

  async signsInAndCalls() {
    const config = await storefront()
    const { tokens, back } = await signedIn(config)
    assert.equal(back.searchParams.get('iss'), issuer.href)
    assert.equal(tokens.claims().iss, issuer.href)
    const person = await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub)
    assert.equal(person.preferred_username, 'ada')
    assert.equal(await notesWith(config, tokens.access_token), 200)
  },

  async registersItself() {
    const back = 'https://printer.example.com/callback'
    const metadata = {
      client_name: 'Photo Printer',
      redirect_uris: [back],
      grant_types: ['authorization_code', 'refresh_token'],
      scope: 'openid notes.list',
    }
    const options = { initialAccessToken: process.env.INVITATION }
    const config = await client.dynamicClientRegistration(issuer, metadata, undefined, options)
    assert.match(config.clientMetadata().client_id, /^registered-/)
    const { checks, parameters } = await question()
    const address = client.buildAuthorizationUrl(config, { ...parameters, redirect_uri: back })
    const came = await ada().goTo(address, back) // who is asked on the way, and allows it
    const tokens = await client.authorizationCodeGrant(config, came, checks)
    assert.equal(await notesWith(config, tokens.access_token), 200)
    const fresh = await client.refreshTokenGrant(config, tokens.refresh_token)
    assert.equal(await notesWith(config, fresh.access_token), 200)
    await assert.rejects(client.dynamicClientRegistration(issuer, metadata, undefined, options)) // it was good for one
  },

  async signsInWithoutPushing() {
    const config = await storefront()
    const { checks, parameters } = await question()
    const back = await ada().goTo(client.buildAuthorizationUrl(config, parameters), callback)
    const tokens = await client.authorizationCodeGrant(config, back, checks)
    assert.ok(tokens.id_token && tokens.refresh_token)
  },

  async refreshesAndLosesAllWhenAnOldOneComesBack() {
    const config = await storefront()
    const first = (await signedIn(config)).tokens
    const second = await client.refreshTokenGrant(config, first.refresh_token)
    assert.notEqual(second.refresh_token, first.refresh_token)
    assert.equal(await notesWith(config, second.access_token), 200)
    await refused(client.refreshTokenGrant(config, first.refresh_token), 'invalid_grant')
    await refused(client.refreshTokenGrant(config, second.refresh_token), 'invalid_grant')
  },

  async usesACodeOnce() {
    const config = await storefront()
    const { back, checks } = await signedIn(config)
    await refused(client.authorizationCodeGrant(config, back, checks), 'invalid_grant')
  },

  async refusesTheAnswerOfAnotherIssuer() {
    const config = await storefront()
    const { checks, parameters } = await question()
    const back = await ada().goTo(client.buildAuthorizationUrl(config, parameters), callback)
    const mixedUp = (failure) => /"iss" \(issuer\)/.test(failure.cause?.message)
    back.searchParams.set('iss', 'https://elsewhere.example')
    await assert.rejects(client.authorizationCodeGrant(config, back, checks), mixedUp)
    back.searchParams.delete('iss')
    await assert.rejects(client.authorizationCodeGrant(config, back, checks), mixedUp)
  },

  async bindsTokensToItsKey() {
    const config = await storefront()
    const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
    const { tokens } = await signedIn(config, { DPoP })
    assert.equal(tokens.token_type, 'dpop')
    assert.equal(await notesWith(config, tokens.access_token, { DPoP }), 200)
    const asBearer = await fetch(notes, { headers: { authorization: `Bearer ${tokens.access_token}` } })
    assert.equal(asBearer.status, 401)
    const { sub } = tokens.claims()
    const person = await client.fetchUserInfo(config, tokens.access_token, sub, { DPoP })
    assert.equal(person.preferred_username, 'ada')
    await assert.rejects(client.fetchUserInfo(config, tokens.access_token, sub))
    const other = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
    await refused(client.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP: other }), 'invalid_dpop_proof')
    const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP })
    assert.equal(await notesWith(config, refreshed.access_token, { DPoP }), 200)
  },

  async signsOut() {
    const config = await storefront()
    const person = ada()
    const { tokens } = await signedIn(config, undefined, person)
    const end = client.buildEndSessionUrl(config, {
      id_token_hint: tokens.id_token,
      post_logout_redirect_uri: `${new URL(callback).origin}/`,
      state: 'over',
    })
    const back = await person.goTo(end, `${new URL(callback).origin}/`)
    assert.equal(back.searchParams.get('state'), 'over')
    await refused(client.refreshTokenGrant(config, tokens.refresh_token), 'invalid_grant')
  },

  async isAMachineWithASecret() {
    for (const by of [client.ClientSecretBasic, client.ClientSecretPost]) {
      const config = await client.discovery(issuer, machine.id, undefined, by(machine.secret))
      const tokens = await client.clientCredentialsGrant(config, { scope: 'notes.list' })
      assert.equal(await notesWith(config, tokens.access_token), 200)
      const known = await client.tokenIntrospection(config, tokens.access_token)
      assert.equal(known.active, true)
      assert.equal(known.client_id, machine.id)
      await client.tokenRevocation(config, tokens.access_token)
      assert.equal((await client.tokenIntrospection(config, tokens.access_token)).active, false)
    }
  },

  async isAMachineWithTheWrongSecret() {
    const config = await client.discovery(issuer, machine.id, undefined, client.ClientSecretBasic('guessed'))
    await assert.rejects(client.clientCredentialsGrant(config), { status: 401 })
  },

  async isAMachineThatSigns() {
    const config = await client.discovery(issuer, signer, undefined, client.PrivateKeyJwt(await signerKey()))
    const tokens = await client.clientCredentialsGrant(config)
    assert.equal(await notesWith(config, tokens.access_token), 200)
  },
})
