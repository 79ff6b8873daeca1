// The roles of the declaration, and what they may do.
import { api } from './api.js';
import { badge, element } from './parts.js';

const LOGINS = { password: 'people', sso: 'people who sign in elsewhere', client: 'clients', 'api-key': 'keys' };

export async function roles() {
  const all = await api.roles();
  return { heading: 'Roles', content: [
    element('p', {}, 'Roles stand in the declaration, and are changed there.'),
    all.map(role => element('details', {},
      element('summary', {}, element('strong', {}, role.name),
        element('span', { class: 'detail' }, `for ${LOGINS[role.login] ?? role.login}, ${role.operations.length} operation${role.operations.length === 1 ? '' : 's'} `),
        !role.givable && badge('more than you')),
      element('ul', { class: 'operations' }, role.operations.map(name => element('li', {}, element('code', {}, name))))))
  ].flat() };
}
