// Asks the admin API, and says in words what it refuses and what helps.
import { call } from './sign-in.js';
import { element } from './parts.js';

const HELP = {
  'not-allowed': 'Ask for a role that may do it.',
  'scope-missing': 'Ask for a role that may do it, and reload this page.',
  'condition-failed': 'A condition of the declaration is not met just now.',
  'gives-what-it-lacks': 'Ask somebody who may do all of it.',
  'holds-more': 'Ask somebody who may do all that it may.',
  'changed-meanwhile': 'It is shown as it is now. Look at it, and do it again if it is still wanted.',
  'limit-reached': 'Wait a moment and do it again.',
  'request-not-valid': 'Look at what was typed in: something is too long, or is no such value.',
  'not-recorded': 'Nothing was done, because it could not be recorded. Try again later.',
  'unreachable': 'Try again later.',
  'upstream-timeout': 'It may have been done. Look before you do it again.'
};

const sentence = words => words && words.charAt(0).toUpperCase() + words.slice(1) + (/[.!?]$/.test(words) ? '' : '.');

// What was not done, and why.
export class Refusal extends Error {
  constructor({ reason = '', detail, title } = {}, request, about) {
    super(reason);
    this.reason = reason;
    this.request = request;
    this.about = about;
    this.words = [sentence((detail ?? title ?? 'That did not work').replaceAll('`', '')), HELP[reason]].filter(Boolean).join(' ');
  }

  // The words, with the number by which the operator finds the request in the log.
  shown() {
    return element('span', {}, this.words, this.request && element('span', { class: 'request' }, ' Request ', element('code', {}, this.request)));
  }
}

const FIELDS = { 'name-taken': 'name' };

async function ask(method, path, body, version) {
  const headers = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (version) headers['If-Match'] = version;
  let answer;
  try {
    answer = await call('/admin/v1' + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch (failed) {
    throw failed instanceof TypeError ? new Refusal({ title: 'The system cannot be reached. Try again later' }) : failed;
  }
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Refusal(said, answer.headers.get('Ringwall-Request'),
      FIELDS[said.reason] ?? ['name', 'password'].find(name => said.detail?.includes(name)));
  }
  return { ...said, version: answer.headers.get('ETag') };
}

const query = parameters => {
  const given = Object.entries(parameters).filter(([, value]) => value);
  return given.length ? '?' + new URLSearchParams(given) : '';
};

const user = id => '/users/' + encodeURIComponent(id);

export const api = {
  roles: async () => (await ask('GET', '/roles')).roles,
  users: parameters => ask('GET', '/users' + query(parameters)),
  createUser: body => ask('POST', '/users', body),
  user: id => ask('GET', user(id)),
  changeUser: (id, change, version) => ask('PATCH', user(id), change, version),
  eraseUser: (id, version) => ask('DELETE', user(id), undefined, version),
  setPassword: (id, password) => ask('POST', user(id) + '/password', password ? { password } : {}),
  sessions: async id => (await ask('GET', user(id) + '/sessions')).sessions,
  endSessions: id => ask('DELETE', user(id) + '/sessions'),
  endSession: (id, which) => ask('DELETE', user(id) + '/sessions/' + encodeURIComponent(which)),
  factors: async id => (await ask('GET', user(id) + '/factors')).factors,
  removeFactors: id => ask('DELETE', user(id) + '/factors'),
  removeFactor: (id, which) => ask('DELETE', user(id) + '/factors/' + encodeURIComponent(which)),
  browsers: async id => (await ask('GET', user(id) + '/browsers')).browsers,
  forgetBrowser: (id, which) => ask('DELETE', user(id) + '/browsers/' + encodeURIComponent(which)),
  keys: cursor => ask('GET', '/keys' + query({ cursor })),
  createKey: role => ask('POST', '/keys', { role }),
  revokeKey: id => ask('DELETE', '/keys/' + encodeURIComponent(id)),
  clients: cursor => ask('GET', '/clients' + query({ cursor })),
  client: id => ask('GET', '/clients/' + encodeURIComponent(id)),
  createClient: role => ask('POST', '/clients', { role }),
  revokeClient: id => ask('DELETE', '/clients/' + encodeURIComponent(id)),
  renewSecret: id => ask('POST', '/clients/' + encodeURIComponent(id) + '/secret')
};
