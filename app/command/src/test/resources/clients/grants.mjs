// What programs do without a browser, or beyond one: devices, acting for somebody, signed questions, certificates, signed answers.
// By openid-client and oauth4webapi.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import https from 'node:https'
import * as oauth from 'oauth4webapi'
import * as client from 'openid-client'
import { ada, callback, issuer, machine, notes, refused, run, signerKey } from './system.mjs'
import { Person } from './person.mjs'

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const back = 'https://desk.example.com/callback'

const called = async (token) => (await fetch(notes, { headers: { authorization: `Bearer ${token}` } })).status
const said = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'))

const tv = () => client.discovery(issuer, 'tv', undefined, client.None())
const desk = async (name) => client.discovery(issuer, 'desk', undefined, client.PrivateKeyJwt(await signerKey(name)))

async function question(redirect_uri) {
  const verifier = client.randomPKCECodeVerifier()
  const checks = { pkceCodeVerifier: verifier, expectedState: client.randomState(), expectedNonce: client.randomNonce() }
  const parameters = {
    redirect_uri,
    scope: 'openid notes.list',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
  }
  return { checks, parameters }
}

// The access token of a person who signed in elsewhere.
async function adasToken(options) {
  const config = await client.discovery(issuer, 'storefront', undefined, client.None())
  const { checks, parameters } = await question(callback)
  const came = await ada().goTo(client.buildAuthorizationUrl(config, parameters), callback)
  return (await client.authorizationCodeGrant(config, came, checks, undefined, options?.(config))).access_token
}

const exchanged = async (token, more = {}) =>
  client.genericGrantRequest(await desk(), EXCHANGE, { subject_token: token, subject_token_type: ACCESS_TOKEN, ...more })

// By TLS with the certificate of that name. The name of the door that asks for it is known to nobody else, so it is looked up here.
const showing = (name) => (address, { method, headers, body }) =>
  new Promise((done, failed) => {
    const asking = https.request(
      address,
      {
        method,
        headers: Object.fromEntries(new Headers(headers)),
        cert: name && certificates[name].cert,
        key: name && certificates[name].key,
        ca: certificates.root,
        agent: false,
        lookup: (_, options, found) =>
          options.all ? found(null, [{ address: '127.0.0.1', family: 4 }]) : found(null, '127.0.0.1', 4),
      },
      (answer) => {
        const parts = []
        answer.on('data', (part) => parts.push(part))
        answer.on('end', () =>
          done(new Response(Buffer.concat(parts), { status: answer.statusCode, headers: new Headers(answer.headers) })))
      })
    asking.on('error', failed)
    asking.end(body?.toString())
  })
const certificates = { root: await readFile(process.env.NODE_EXTRA_CA_CERTS) }
for (const name of ['probe', 'stranger']) {
  const pem = await readFile(`${process.env.CERTIFICATES}/${name}-and-key.pem`)
  certificates[name] = { cert: pem, key: pem }
}

const probe = (name) =>
  client.discovery(issuer, 'probe', { use_mtls_endpoint_aliases: true }, client.TlsClientAuth(), {
    [client.customFetch]: showing(name),
  })

await run({
  async signsADeviceIn() {
    const config = await tv()
    const codes = await client.initiateDeviceAuthorization(config, { scope: 'openid notes.list' })
    const polled = client.pollDeviceAuthorizationGrant(config, codes) // begins before anybody has answered
    const page = await ada().read(codes.verification_uri_complete)
    assert.match(page.text, /signed in/, page.text)
    const tokens = await polled
    assert.ok(tokens.claims().sub)
    assert.equal(await called(tokens.access_token), 200)
    const fresh = await client.refreshTokenGrant(config, tokens.refresh_token)
    assert.equal(await called(fresh.access_token), 200)
    await refused(client.pollDeviceAuthorizationGrant(config, { ...codes, interval: 0 }), 'invalid_grant')
  },

  async isTurnedDownAsADevice() {
    const config = await tv()
    const codes = await client.initiateDeviceAuthorization(config, {})
    const careful = new Person('ada', process.env.PASSWORD, 'refuse')
    assert.match((await careful.read(codes.verification_uri_complete)).text, /refused/)
    await refused(client.pollDeviceAuthorizationGrant(config, { ...codes, interval: 0 }), 'access_denied')
  },

  async asksForTheCodesOfADeviceMessageByMessage() {
    const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer))
    const device = { client_id: 'tv' }
    const codes = await oauth.processDeviceAuthorizationResponse(
      as, device, await oauth.deviceAuthorizationRequest(as, device, oauth.None(), { scope: 'notes.list' }))
    const tokens = async () =>
      oauth.processDeviceCodeResponse(
        as, device, await oauth.deviceCodeGrantRequest(as, device, oauth.None(), codes.device_code))
    await refused(tokens(), 'authorization_pending')
    await refused(tokens(), 'slow_down')
  },

  async actsForSomebody() {
    const token = await adasToken()
    const tokens = await exchanged(token, { scope: 'notes.list', requested_token_type: ACCESS_TOKEN })
    assert.equal(tokens.issued_token_type, ACCESS_TOKEN)
    assert.equal(tokens.refresh_token, undefined)
    assert.equal(said(tokens.access_token).sub, said(token).sub)
    assert.equal(said(tokens.access_token).act.sub, 'desk')
    assert.equal(await called(tokens.access_token), 200)
  },

  async doesNotActForWhoeverHoldsAKey() {
    const DPoP = async (config) => client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
    const key = await DPoP(await client.discovery(issuer, 'storefront', undefined, client.None()))
    await refused(exchanged(await adasToken(() => ({ DPoP: key }))), 'invalid_request')
    await refused(exchanged('guessed'), 'invalid_request')
    const machines = await client.discovery(issuer, machine.id, undefined, client.ClientSecretBasic(machine.secret))
    const parameters = { subject_token: await adasToken(), subject_token_type: ACCESS_TOKEN }
    await refused(client.genericGrantRequest(machines, EXCHANGE, parameters), 'unauthorized_client')
  },

  async signsItsQuestion() {
    for (const name of ['private', 'ed']) {
      const config = await desk(name)
      const { checks, parameters } = await question(back)
      const { key, kid } = await signerKey(name)
      const signed = await client.buildAuthorizationUrlWithJAR(config, parameters, { key, kid })
      assert.equal(signed.searchParams.get('redirect_uri'), null)
      const tokens = await client.authorizationCodeGrant(config, await ada().goTo(signed, back), checks)
      assert.equal(await called(tokens.access_token), 200)
    }
  },

  async signsAndPushesItsQuestion() {
    const config = await desk()
    const { checks, parameters } = await question(back)
    const { key, kid } = await signerKey()
    const { searchParams } = await client.buildAuthorizationUrlWithJAR(config, parameters, { key, kid })
    const page = await client.buildAuthorizationUrlWithPAR(config, searchParams)
    const tokens = await client.authorizationCodeGrant(config, await ada().goTo(page, back), checks)
    assert.ok(tokens.id_token)
  },

  async signsItsQuestionWithAKeyOfItsOwn() {
    const config = await desk()
    const { parameters } = await question(back)
    const { privateKey } = await oauth.generateKeyPair('ES256')
    const { searchParams } = await client.buildAuthorizationUrlWithJAR(config, parameters, { key: privateKey, kid: 'one' })
    await refused(client.buildAuthorizationUrlWithPAR(config, searchParams), 'invalid_request_object')
  },

  async isToldSignedWhatATokenIsWorth() {
    const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer))
    const itself = { client_id: machine.id }
    const secret = oauth.ClientSecretBasic(machine.secret)
    const tokens = await oauth.processClientCredentialsResponse(
      as, itself, await oauth.clientCredentialsGrantRequest(as, itself, secret, {}))
    for (const [token, active] of [[tokens.access_token, true], ['guessed', false]]) {
      const answer = await oauth.introspectionRequest(as, itself, secret, token, { requestJwtResponse: true })
      assert.match(answer.headers.get('content-type'), /^application\/token-introspection\+jwt/)
      assert.equal((await oauth.processIntrospectionResponse(as, itself, answer)).active, active)
      await oauth.validateApplicationLevelSignature(as, answer)
    }
  },

  async showsItsCertificate() {
    const config = await probe('probe')
    assert.match(config.serverMetadata().mtls_endpoint_aliases.token_endpoint, /certified\.notes\.example/)
    const tokens = await client.clientCredentialsGrant(config)
    assert.ok(said(tokens.access_token).cnf['x5t#S256'])
    const certified = new URL(config.serverMetadata().mtls_endpoint_aliases.token_endpoint)
    const opened = (name) =>
      showing(name)(new URL('/notes', certified), {
        method: 'GET', headers: { authorization: `Bearer ${tokens.access_token}` } })
    assert.equal((await opened('probe')).status, 200)
    assert.equal((await opened('stranger')).status, 401)
    assert.equal(await called(tokens.access_token), 401)
    assert.equal((await client.tokenIntrospection(config, tokens.access_token)).active, true)
  },

  async showsTheCertificateOfAnother() {
    for (const name of ['stranger', undefined]) {
      const config = await probe(name)
      await assert.rejects(client.clientCredentialsGrant(config), { status: 401 })
    }
  },
})
