// One account, and what can be done with it.
import { api } from './api.js';
import { declaredRoles, roleFields, rolesOf } from './accounts.js';
import { browsers, factors, sessions } from './holdings.js';
import { badge, done, element, facts, field, form, grave, once, second, section, sure, text, time } from './parts.js';
import { may, person } from './sign-in.js';

// Where the account cannot be acted on, why.
function untouchable(user, declared) {
  if (user.id === person.id) {
    return ['This is your own account. Change it on ', element('a', { href: '/auth/account' }, 'its own page'), ', or ask another administrator.'];
  }
  const more = declared?.filter(role => user.roles.includes(role.name) && !role.givable).map(role => role.name) ?? [];
  return more.length ? [`It may do what you may not (${more.join(', ')}), so you cannot act on it.`] : null;
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
    ...await Promise.all([factors(user, act, show), browsers(user, act, show), sessions(user, act, show)]),
    act && may('delete-user') && erase(user, show),
    element('p', { class: 'more' }, element('a', { href: '#/accounts' }, 'Back to the accounts'))
  ].flat() };
}
