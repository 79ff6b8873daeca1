// One account, and what can be done with it.
import { api } from './api.js';
import { declaredRoles, roleFields, rolesOf } from './accounts.js';
import { agent, badge, element, field, form, grave, once, row, rows, second, section, sure, text, time } from './parts.js';
import { may, person } from './sign-in.js';

const facts = pairs => element('dl', {}, pairs.filter(Boolean).map(([name, ...value]) => [element('dt', {}, name), element('dd', {}, value)]));

// Where the account cannot be acted on, why.
function untouchable(user, declared) {
  if (user.id === person.id) {
    return ['This is your own account. Change it on ', element('a', { href: '/auth/account' }, 'its own page'), ', or ask another administrator.'];
  }
  const more = declared?.filter(role => user.roles.includes(role.name) && !role.givable).map(role => role.name) ?? [];
  return more.length ? [`It may do what you may not (${more.join(', ')}), so you cannot act on it.`] : null;
}

// Does it, and shows the account as it is then; also where somebody else was quicker.
async function done(act, show, words) {
  try {
    await act();
  } catch (refused) {
    if (refused.reason !== 'changed-meanwhile') throw refused;
    return show({ words: refused.words });
  }
  return show({ words });
}

function changes(user, declared, show) {
  const change = (given, words) => done(() => api.changeUser(user.id, given, user.version), show, words);
  return [
    section('Roles', form('Change the roles', data => change({ roles: rolesOf(data) }, 'The roles are changed. Where the account was signed in, it is signed out.'),
      roleFields(declared, user.roles))),
    section('Name', second('Change the name', data => change({ name: data.get('name').trim() }, 'The name is changed.'),
      field('New name', text({ name: 'name', value: user.name, maxlength: '200', required: true })))),
    user.disabled
      ? section('State', second('Let it sign in again', () => change({ disabled: false }, 'The account may sign in again.'),
        element('p', {}, 'The account is disabled: it cannot sign in.')))
      : section('State', second('Disable the account', () => change({ disabled: true }, 'The account is disabled.'),
        element('p', {}, 'Whoever is disabled is signed out at once and cannot sign in. Nothing is lost.')))
  ];
}

function password(user, show) {
  return section('Password', second('Set a password', async data => {
    const { password: made } = await api.setPassword(user.id, data.get('password'));
    if (made) await once(`Password of ${user.name}`, 'It is shown this once. Give it to the person, who can change it on the page of their account.', made);
    await show({ words: 'The password is set, and the account is signed out everywhere.' });
  },
  field('New password', element('input', { type: 'password', name: 'password', autocomplete: 'new-password', maxlength: '1024' }),
    'Leave it empty to have one made up.')));
}

async function sessions(user, act, show) {
  const list = may('list-sessions') ? await api.sessions(user.id) : null;
  if (!list && !act) return null;
  const end = act && may('end-sessions') && (!list || list.length > 0);
  return (list || end) && section('Where it is signed in',
    list && (list.length
      ? rows(list.map(one => row(element('strong', {}, agent(one.agent)),
        [one.address && `from ${one.address}, `, 'since ', time(one.since), ', until ', time(one.until)].filter(Boolean))))
      : element('p', {}, 'Nowhere.')),
    end && second('Sign it out everywhere', () => done(() => api.endSessions(user.id), show, 'The account is signed out everywhere.')));
}

function factors(user, show) {
  return section('Second factors', grave('Remove all second factors', async () => {
    if (await sure('Remove all second factors?',
      `The authenticator app, the passkeys and the recovery codes of ${user.name} count no more, and the account is signed out everywhere. Do this only when you know that it is the person who asks.`,
      'Remove them')) {
      await done(() => api.removeFactors(user.id), show, 'The second factors are removed.');
    }
  }, element('p', {}, 'For somebody who has lost them. Where a role asks for one, the person adds a new one at the next login.')));
}

function erase(user, show) {
  return section('Erase', grave('Erase the account', async () => {
    if (await sure(`Erase ${user.name}?`, 'All that is kept about the person is erased. This cannot be undone.', 'Erase it', user.name)) {
      await done(async () => {
        await api.eraseUser(user.id, user.version);
        history.replaceState(null, '', '#/accounts');
      }, show, `${user.name} is erased.`);
    }
  }, element('p', {}, 'To shut somebody out for a while, disable the account instead.')));
}

export async function account(id, show) {
  if (!may('read-user')) return { heading: 'Account', content: [element('p', {}, 'Your roles may not look at single accounts.')] };
  const [user, declared] = await Promise.all([api.user(id), declaredRoles()]);
  const why = untouchable(user, declared);
  const act = !why;
  return { heading: user.name, content: [
    why && element('p', { class: 'note' }, why),
    facts([
      ['State', user.disabled ? badge('disabled') : 'may sign in'],
      !(act && may('change-user')) && ['Roles', user.roles.join(', ') || 'none'],
      ['Since', time(user.created)],
      ['Id', element('code', {}, user.id)],
      user.externalId && ['Id elsewhere', element('code', {}, user.externalId)]
    ]),
    act && may('change-user') && changes(user, declared, show),
    act && may('set-password') && password(user, show),
    await sessions(user, act, show),
    act && may('remove-factors') && factors(user, show),
    act && may('delete-user') && erase(user, show),
    element('p', { class: 'more' }, element('a', { href: '#/accounts' }, 'Back to the accounts'))
  ].flat() };
}
