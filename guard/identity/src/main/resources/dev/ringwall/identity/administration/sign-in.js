// Signs in as any application does: authorization code with PKCE. Tokens stay in this script and end with the page. Only what must outlast
// the way to the login page is put down in the tab, and is taken away on return.
import { hash, prover, random } from './proof.js';

const CLIENT = 'ringwall-administration';
const ISSUER = location.origin + '/auth';
const HOME = location.origin + '/auth/administration';
const KEPT = 'ringwall-administration';
const EARLY_MILLIS = 20_000;

let send, tokens, renewing = null;

// Who is signed in: name, id, and the operations that the token is good for.
export const person = { name: '', id: '', may: new Set() };

export const may = (...operations) => operations.some(operation => person.may.has('ringwall.' + operation));

// Why nobody is signed in, in words; `login` says whether another account would help.
export class SignedOut extends Error {
  constructor(title, words, login = {}) {
    super(title);
    this.words = words;
    this.login = login;
  }
}

// Goes to the login page, and comes back to this place.
export async function leave(more = {}) {
  const verifier = random(), state = random();
  sessionStorage.setItem(KEPT, JSON.stringify({ verifier, state, place: location.hash }));
  location.replace('/auth/authorize?' + new URLSearchParams({
    response_type: 'code', client_id: CLIENT, redirect_uri: HOME, scope: 'openid', state,
    code_challenge: await hash(verifier), code_challenge_method: 'S256', ...more
  }));
  return new Promise(() => {}); // the page is left
}

// Takes the answer of the login page out of the address and buys tokens with it; goes there where there is none.
export async function arrive() {
  const answer = new URLSearchParams(location.search);
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
  sessionStorage.removeItem(KEPT);
  if (!answer.has('code') && !answer.has('error')) return leave();
  history.replaceState(null, '', '/auth/administration' + (kept?.place ?? ''));
  if (!kept || answer.get('state') !== kept.state || answer.get('iss') !== ISSUER) {
    throw new SignedOut('Please sign in again', 'That sign-in was not begun in this tab.');
  }
  if (answer.get('error') === 'access_denied') {
    throw new SignedOut('You may not administer this system',
      'No role of your account may. Whoever administers it can give you one that does.', { prompt: 'select_account' });
  }
  if (answer.has('error')) throw new SignedOut('You are not signed in', 'The sign-in was not completed.');
  send = await prover();
  await buy({ grant_type: 'authorization_code', redirect_uri: HOME, code: answer.get('code'), code_verifier: kept.verifier });
  const who = await (await call('/auth/userinfo')).json();
  person.name = who.preferred_username ?? '';
  person.id = who.sub ?? '';
}

async function buy(form) {
  const answer = await send('/auth/token', { method: 'POST', body: new URLSearchParams({ client_id: CLIENT, ...form }) });
  if (!answer.ok) throw over();
  const bought = await answer.json();
  tokens = { access: bought.access_token, refresh: bought.refresh_token, until: Date.now() + bought.expires_in * 1000 - EARLY_MILLIS };
  person.may = new Set((bought.scope ?? '').split(' '));
}

const over = () => new SignedOut('Your login has ended', 'Sign in again to go on. What you were typing was not sent.');

function renew() {
  const { refresh } = tokens;
  tokens.refresh = null; // good for one use
  renewing ??= (refresh ? buy({ grant_type: 'refresh_token', refresh_token: refresh }) : Promise.reject(over())).finally(() => { renewing = null; });
  return renewing;
}

// Calls as the person who is signed in, and renews a token that ran out.
export async function call(path, options = {}) {
  if (renewing || Date.now() > tokens.until) await (renewing ?? renew());
  const answer = await send(path, { ...options, token: tokens.access });
  if (answer.status !== 401) return answer;
  const { reason } = await answer.clone().json().catch(() => ({}));
  if (reason !== 'token-expired') throw over();
  await (renewing ?? renew());
  return send(path, { ...options, token: tokens.access });
}
