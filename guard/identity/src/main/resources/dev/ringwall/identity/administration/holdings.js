// What an account has besides its password: second factors, browsers in which they are not asked for, and logins.
import { api } from './api.js';
import { agent, done, element, grave, lineButton, row, rows, second, section, sure, time } from './parts.js';
import { may } from './sign-in.js';

const KINDS = { app: 'Authenticator app', passkey: 'Passkey', 'recovery-codes': 'Recovery codes' };

const named = one => (one.kind === 'passkey' ? `the passkey “${one.name}”` : `the ${KINDS[one.kind].toLowerCase()}`);
const called = one => KINDS[one.kind] + (one.name ? `: ${one.name}` : '');

// Where it is signed in, and what can be ended of that.
export async function sessions(user, act, show) {
  const list = may('list-sessions') ? await api.sessions(user.id) : null;
  if (!list && !act) return null;
  const end = act && may('end-sessions') && (!list || list.length > 0);
  return (list || end) && section('Where it is signed in',
    list && (list.length
      ? rows(list.map(one => row(element('strong', {}, agent(one.agent)),
        [one.address && `from ${one.address}, `, 'since ', time(one.since), ', until ', time(one.until)].filter(Boolean),
        act && may('end-session') && lineButton('Sign out', `Sign it out there: ${agent(one.agent)}`,
          () => done(() => api.endSession(user.id, one.id), show, 'That login has ended.')))))
      : element('p', {}, 'Nowhere.')),
    end && second('Sign it out everywhere', () => done(() => api.endSessions(user.id), show, 'The account is signed out everywhere.')));
}

const since = one => ['since ', time(one.created), one.kind === 'passkey' && (one.used ? [', last used ', time(one.used)] : ', not used yet'),
  one.left !== undefined && `, ${one.left} left`].flat().filter(Boolean);

function remove(user, one, show) {
  return lineButton('Remove', `Remove ${named(one)}`, async () => {
    if (await sure(`Remove ${named(one)}?`,
      `That second factor of ${user.name} counts no more. The account is signed out everywhere, and the person is written to. Do this only when you know that it is the person who asks.`, 'Remove it')) {
      await done(() => api.removeFactor(user.id, one.id), show, 'That second factor is removed.');
    }
  });
}

function removeAll(user, show) {
  return grave('Remove all second factors', async () => {
    if (await sure('Remove all second factors?',
      `The authenticator app, the passkeys and the recovery codes of ${user.name} count no more, and the account is signed out everywhere. Do this only when you know that it is the person who asks.`,
      'Remove them')) {
      await done(() => api.removeFactors(user.id), show, 'The second factors are removed.');
    }
  }, element('p', {}, 'For somebody who has lost them. Where a role asks for one, the person adds a new one at the next login.'));
}

// What it shows besides its password, never what would let anybody in.
export async function factors(user, act, show) {
  const list = may('list-factors') ? await api.factors(user.id) : null;
  const end = act && may('remove-factors') && (!list || list.length > 0);
  return (list || end) && section('Second factors',
    list && (list.length
      ? rows(list.map(one => row(element('strong', {}, called(one)), since(one), act && may('remove-factor') && remove(user, one, show))))
      : element('p', {}, 'None.')),
    end && removeAll(user, show));
}

// Where they are not asked for.
export async function browsers(user, act, show) {
  const list = may('list-browsers') ? await api.browsers(user.id) : [];
  return list.length > 0 && section('Where no second factor is asked for',
    rows(list.map(one => row(element('strong', {}, agent(one.agent)),
      [one.address && `from ${one.address}, `, 'last used ', time(one.used), ', until ', time(one.until)].filter(Boolean),
      act && may('forget-browser') && lineButton('Ask again', `Ask for the second factor again in ${agent(one.agent)}`,
        () => done(() => api.forgetBrowser(user.id, one.id), show, 'The second factor is asked for there again.'))))));
}
