// Signing in: authorization code with PKCE (S256). The tokens stay in this tab and end with it.
const CLIENT = 'storefront';
const REDIRECT = location.origin + '/';

const base64url = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

let renewing = null;

export const signedIn = () => sessionStorage.getItem('access') !== null;

export function forget() {
  sessionStorage.removeItem('access');
  sessionStorage.removeItem('refresh');
}

async function provider() {
  const answer = await fetch('/auth/.well-known/openid-configuration');
  if (!answer.ok) throw new Error('Signing in is not possible just now.');
  return answer.json();
}

export async function logIn() {
  const to = new URL((await provider()).authorization_endpoint);
  const verifier = random(), state = random();
  const challenge = base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
  sessionStorage.setItem('verifier', verifier);
  sessionStorage.setItem('state', state);
  to.search = new URLSearchParams({
    response_type: 'code', client_id: CLIENT, redirect_uri: REDIRECT, scope: 'openid', state,
    code_challenge: challenge, code_challenge_method: 'S256'
  });
  location.assign(to);
}

// Takes the answer of the login page out of the address, and buys tokens with it.
export async function comeBack() {
  const query = new URLSearchParams(location.search);
  const state = sessionStorage.getItem('state'), verifier = sessionStorage.getItem('verifier');
  if (!query.has('code') && !query.has('error')) return;
  history.replaceState(null, '', '/');
  sessionStorage.removeItem('state');
  sessionStorage.removeItem('verifier');
  if (state === null || query.get('state') !== state) throw new Error('That login was not begun in this tab. Please log in again.');
  if (query.has('error')) throw new Error('The login was not completed.');
  const { issuer, token_endpoint } = await provider();
  if (query.get('iss') !== issuer) throw new Error('That login was answered by somebody else. Please log in again.');
  const bought = await buy(token_endpoint, {
    grant_type: 'authorization_code', redirect_uri: REDIRECT, code: query.get('code'), code_verifier: verifier
  });
  if (!bought) throw new Error('The login was not accepted. Please log in again.');
}

async function buy(endpoint, form) {
  const answer = await fetch(endpoint, { method: 'POST', body: new URLSearchParams({ client_id: CLIENT, ...form }) });
  if (!answer.ok) return false;
  const tokens = await answer.json();
  sessionStorage.setItem('access', tokens.access_token);
  if (tokens.refresh_token) sessionStorage.setItem('refresh', tokens.refresh_token);
  return true;
}

async function renew() {
  const token = sessionStorage.getItem('refresh');
  if (token === null) return false;
  sessionStorage.removeItem('refresh');     // good for one use
  return buy((await provider()).token_endpoint, { grant_type: 'refresh_token', refresh_token: token });
}

// A call on behalf of whoever is signed in; a token that ran out is renewed once.
export async function call(path, options = {}) {
  const send = () => {
    const token = sessionStorage.getItem('access');
    return fetch(path, { ...options, headers: { ...options.headers, ...(token && { Authorization: `Bearer ${token}` }) } });
  };
  const answer = await send();
  if (answer.status !== 401 || !signedIn()) return answer;
  renewing ??= renew().finally(() => { renewing = null; });
  if (await renewing) return send();
  forget();
  return answer;
}

export async function logOut() {
  forget();
  const to = new URL((await provider()).end_session_endpoint);
  to.search = new URLSearchParams({ client_id: CLIENT, post_logout_redirect_uri: REDIRECT });
  location.assign(to);
}
