// A person at a browser that runs no scripts: follows redirects, keeps cookies, fills in the form of the login page.

import http from 'node:http'
import https from 'node:https'

const HOPS_MAX = 12

export class Person {
  #cookies = new Map() // of each host, as ports do not part them

  // Says `allow` or `refuse` where it is asked.
  constructor(name, password, answer = 'allow') {
    this.name = name
    this.password = password
    this.answer = answer
  }

  // Opens the address and goes on until the client's own address would be opened; returns that one.
  async goTo(address, callback) {
    const { at, status, text } = await this.#follow(address, (next) => next.href.split('?')[0] === callback)
    if (status) {
      throw new Error(`${status} at ${at}: ${text.slice(0, 500)}`)
    }
    return at
  }

  // Opens the address and goes on until there is a page without a form; returns its status and text.
  async read(address) {
    return this.#follow(address, () => false)
  }

  async #follow(address, isOver) {
    let at = new URL(address)
    let answer = await this.#fetch(at)
    for (let hop = 0; hop < HOPS_MAX; hop++) {
      const next = answer.headers.location
      if (next) {
        at = new URL(next, at)
        if (isOver(at)) {
          return { at }
        }
        answer = await this.#fetch(at)
        continue
      }
      const text = answer.text
      const form = text.match(/<form[^>]*>[^]*?<\/form>/)
      if (!form) {
        return { at, status: answer.status, text }
      }
      at = new URL(unescaped(form[0].match(/action="([^"]*)"/)?.[1] ?? at.href), at)
      answer = await this.#fetch(at, this.#filledIn(form[0]))
    }
    throw new Error(`more than ${HOPS_MAX} hops, last ${at}`)
  }

  #filledIn(form) {
    const fields = new URLSearchParams()
    for (const [input] of form.matchAll(/<input[^>]*>/g)) {
      const name = input.match(/name="([^"]*)"/)?.[1]
      if (name) {
        fields.set(name, unescaped(input.match(/value="([^"]*)"/)?.[1] ?? ''))
      }
    }
    if (fields.has('username')) {
      fields.set('username', this.name)
      fields.set('password', this.password)
    }
    if (/<button[^>]*name="answer"[^>]*value="allow"/.test(form)) {
      fields.set('answer', this.answer)
    }
    return fields
  }

  async #fetch(address, body) {
    if (!this.#cookies.has(address.hostname)) {
      this.#cookies.set(address.hostname, new Map())
    }
    const cookies = this.#cookies.get(address.hostname)
    const answer = await sent(address, body && String(body), {
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      accept: 'text/html',
      'sec-fetch-mode': 'navigate', // what a page's own script cannot say
      ...(body ? { origin: address.origin, 'content-type': 'application/x-www-form-urlencoded' } : {}),
    })
    for (const cookie of answer.headers['set-cookie'] ?? []) {
      const [pair] = cookie.split(';')
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
      if (value === '' || /max-age=0/i.test(cookie)) {
        cookies.delete(name)
      } else {
        cookies.set(name, value)
      }
    }
    return answer
  }
}

const sent = (address, body, headers) =>
  new Promise((resolve, reject) => {
    const call = (address.protocol === 'https:' ? https : http).request(
      address,
      { method: body ? 'POST' : 'GET', headers, agent: false },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (part) => (text += part))
        answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text }))
        answer.on('error', reject)
      })
    call.on('error', reject)
    call.end(body)
  })

const unescaped = (text) =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
