// A site behind Apache's mod_auth_openidc, as a person sees it, and an interface behind it, as a machine does.

import assert from 'node:assert/strict'
import * as oauth from 'oauth4webapi'
import { ada, issuer, machine, run } from './system.mjs'
import { Person } from './person.mjs'

const site = process.env.SITE

async function machineToken() {
  const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer))
  const client = { client_id: machine.id }
  const answer = await oauth.clientCredentialsGrantRequest(as, client, oauth.ClientSecretBasic(machine.secret), {})
  return (await oauth.processClientCredentialsResponse(as, client, answer)).access_token
}

const called = async (token) =>
  (await fetch(`${site}/api/`, { headers: token ? { authorization: `Bearer ${token}` } : {} })).status

await run({
  async signsAPersonIn() {
    const person = ada()
    const page = await person.read(`${site}/private/`)
    assert.equal(page.status, 200, page.text)
    assert.match(page.text, /for people/)
    assert.equal((await person.read(`${site}/private/`)).at.href, `${site}/private/`)
  },

  async looksForThePersonThatItIsFor() {
    const person = ada()
    assert.equal((await person.read(`${site}/private/`)).status, 200)
    const page = await person.read(`${site}/bobs/`)
    assert.equal(page.at.href, `${site}/bobs/`)
    assert.equal(page.status, 401)
  },

  async letsNobodyInWithAnAnswerThatItDidNotAskFor() {
    const page = await new Person('nobody', '').read(`${site}/callback?code=guessed&state=guessed&iss=${issuer}`)
    assert.notEqual(page.status, 200)
  },

  async takesAccessTokens() {
    const token = await machineToken()
    assert.equal(await called(token), 200)
    assert.equal(await called(), 401)
    const [head, body, signature] = token.split('.')
    const other = (signature[0] === 'A' ? 'B' : 'A') + signature.slice(1)
    assert.equal(await called([head, body, other].join('.')), 401)
  },
})
