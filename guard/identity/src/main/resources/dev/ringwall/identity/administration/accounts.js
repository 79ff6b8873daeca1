// The list of accounts, and a new one.
import { api } from './api.js';
import { badge, check, element, field, form, once, row, rows, select, text } from './parts.js';
import { may } from './sign-in.js';

const to = parameters => {
  const given = Object.entries(parameters).filter(([, value]) => value);
  return '#/accounts' + (given.length ? '?' + new URLSearchParams(given) : '');
};

// The declared roles, by name; nothing where the person may not look at them.
export const declaredRoles = async () => (may('list-roles') ? api.roles() : null);

// The roles that an account can have, as boxes to be ticked; where they may not be looked at, their names to be typed.
export function roleFields(declared, held) {
  if (!declared) return field('Roles', text({ name: 'typed-roles', value: held.join(' ') }), 'Their names, with spaces between them.');
  const known = declared.filter(role => role.login === 'password' || held.includes(role.name));
  const gone = held.filter(name => !declared.some(role => role.name === name)).map(name => ({ name, givable: true }));
  return element('fieldset', {}, element('legend', {}, 'Roles'),
    [...known, ...gone].map(role => check(role.name,
      { name: 'role', value: role.name, checked: held.includes(role.name), disabled: !role.givable && !held.includes(role.name) },
      !role.givable && 'may do what you may not')));
}

export const rolesOf = data =>
  data.has('typed-roles') ? data.get('typed-roles').split(/[\s,]+/).filter(Boolean) : data.getAll('role');

const line = user => row(
  may('read-user') ? element('a', { href: '#/accounts/' + encodeURIComponent(user.id) }, user.name) : element('strong', {}, user.name),
  [user.disabled && [badge('disabled'), ' '], user.roles.join(', ') || 'no role'].flat().filter(Boolean));

function search(query, declared) {
  const roles = declared?.filter(role => role.login === 'password' || role.login === 'sso').map(role => [role.name, role.name]);
  return element('form', { class: 'search', role: 'search', 'aria-label': 'Accounts', on: { submit: event => {
    event.preventDefault();
    location.hash = to(Object.fromEntries(new FormData(event.target)));
  } } },
    field('From this name on', text({ name: 'from', value: query.from ?? '', maxlength: '200' })),
    roles && field('Role', select([['', 'any'], ...roles], query.role ?? '', { name: 'role' })),
    field('State', select([['', 'any'], ['false', 'may sign in'], ['true', 'disabled']], query.disabled ?? '', { name: 'disabled' })),
    element('button', { type: 'submit', class: 'second' }, 'Show'));
}

export async function accounts(query) {
  const offer = may('create-user') && element('p', {}, element('a', { class: 'button', href: '#/accounts/new' }, 'New account'));
  if (!may('list-users')) return { heading: 'Accounts', content: [offer] };
  const { from, role, disabled, cursor } = query;
  const [declared, list] = await Promise.all([declaredRoles(), api.users({ from, role, disabled, cursor, limit: 25 })]);
  const first = { from, role, disabled };
  return { heading: 'Accounts', content: [
    offer,
    search(query, declared),
    list.users.length ? rows(list.users.map(line)) : element('p', {}, list.next ? 'None of those looked at so far.' : 'There are none.'),
    element('p', { class: 'more' },
      cursor && element('a', { href: to(first) }, 'First page'),
      list.next && element('a', { href: to({ ...first, cursor: list.next }) }, 'Next page'))
  ] };
}

export async function newAccount() {
  const declared = await declaredRoles();
  return { heading: 'New account', content: [
    form('Make the account', async data => {
      const password = data.get('password');
      const made = await api.createUser({ name: data.get('name').trim(), roles: rolesOf(data), ...(password && { password }) });
      if (made.password) {
        await once(`Password of ${made.name}`, 'It is shown this once. Give it to the person, who can change it on the page of their account.', made.password);
      }
      location.hash = may('read-user') ? '#/accounts/' + encodeURIComponent(made.id) : '#/accounts';
    },
    field('Name', text({ name: 'name', maxlength: '200', required: true }), 'An e-mail address, or whatever the person signs in with.'),
    roleFields(declared, []),
    field('Password', element('input', { type: 'password', name: 'password', autocomplete: 'new-password', maxlength: '1024' }),
      'Leave it empty to have one made up.')),
    element('p', { class: 'more' }, element('a', { href: '#/accounts' }, 'Back to the accounts'))
  ] };
}
