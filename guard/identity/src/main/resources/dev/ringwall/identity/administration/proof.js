// Proves that the tokens are where they were given (DPoP, RFC 9449). The key is made here, cannot be taken out of the browser, and is gone with the page.

const bytes = text => new TextEncoder().encode(text);

export const base64url = buffer =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

export const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

export const hash = async text => base64url(await crypto.subtle.digest('SHA-256', bytes(text)));

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };

// Fetches with proofs by one key: it repeats the words that the provider and the gateway each want in them (§8, §9), and goes by their clock.
export async function prover() {
  const keys = await crypto.subtle.generateKey(ALGORITHM, false, ['sign']);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey);
  const header = base64url(bytes(JSON.stringify({ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } })));
  const { nonce, clock } = document.body.dataset;
  const nonces = new Map([[true, nonce]]); // the provider's, and the gateway's
  const behind = Number(clock) - performance.timeOrigin - performance.getEntriesByType('navigation')[0].responseStart;

  async function proof(method, path, token) {
    const claims = {
      jti: random(), htm: method, htu: location.origin + path.split('?')[0], iat: Math.floor((Date.now() + behind) / 1000),
      ...(nonces.has(!token) && { nonce: nonces.get(!token) }),
      ...(token && { ath: await hash(token) })
    };
    const said = header + '.' + base64url(bytes(JSON.stringify(claims)));
    return said + '.' + base64url(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, bytes(said)));
  }

  // Sends it with a proof and without any cookie, and once more where another word is wanted.
  return async function send(path, { method = 'GET', headers = {}, token, body } = {}) {
    for (let again = false; ; again = true) {
      const answer = await fetch(path, {
        method, body, credentials: 'omit', cache: 'no-store', redirect: 'error',
        headers: { ...headers, DPoP: await proof(method, path, token), ...(token && { Authorization: `DPoP ${token}` }) }
      });
      const nonce = answer.headers.get('DPoP-Nonce');
      if (!nonce) return answer;
      const wanted = nonces.get(!token) !== nonce && (answer.status === 400 || answer.status === 401);
      nonces.set(!token, nonce);
      if (again || !wanted) return answer;
    }
  };
}
