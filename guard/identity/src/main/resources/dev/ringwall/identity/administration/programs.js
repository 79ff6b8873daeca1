// What programs come in with: API keys and clients.
import { api } from './api.js';
import { declaredRoles } from './accounts.js';
import { revoked } from './client.js';
import { badge, element, field, form, lineButton, once, row, rows, section, select, sure, text, time } from './parts.js';
import { may } from './sign-in.js';

const KEEP = 'It is shown this once. Put it where the program finds it, and nowhere else.';

// A role to choose among those with that login that the person may give; a name to type where roles may not be looked at.
function roleField(declared, login) {
  if (!declared) return field('Role', text({ name: 'role', required: true }), `One with login: ${login}.`);
  const roles = declared.filter(role => role.login === login && role.givable);
  return roles.length ? field('Role', select(roles.map(role => [role.name, role.name]), roles[0].name, { name: 'role' })) : null;
}

function make(title, word, declared, login, run) {
  const role = roleField(declared, login);
  return section(title, role ? form(word, data => run(data.get('role').trim()), role)
    : element('p', {}, `There is no role with login: ${login} that you may give.`));
}

const more = (path, cursor, next) => element('p', { class: 'more' },
  cursor && element('a', { href: '#/' + path }, 'First page'),
  next && element('a', { href: '#/' + path + '?' + new URLSearchParams({ cursor: next }) }, 'Next page'));

function list(items, line) {
  return items.length ? rows(items.map(line)) : element('p', {}, 'There are none.');
}

export async function keys({ cursor }, show) {
  const [declared, page] = await Promise.all([declaredRoles(), may('list-keys') ? api.keys(cursor) : null]);
  const revoke = key => !key.revoked && may('revoke-key') && lineButton('Revoke', `Revoke the key ${key.id}`, async () => {
    if (await sure('Revoke the key?', `Whatever uses ${key.id} is refused from then on. This cannot be undone.`, 'Revoke it')) {
      await api.revokeKey(key.id);
      await show({ words: `The key ${key.id} is revoked.` });
    }
  });
  return { heading: 'Keys', content: [
    page && list(page.keys, key => row(element('strong', {}, element('code', {}, key.id)),
      [key.revoked && [badge('revoked'), ' '], key.role, ', since ', time(key.created), key.expires && [', until ', time(key.expires)]].flat().filter(Boolean),
      revoke(key))),
    page && more('keys', cursor, page.next),
    may('create-key') && make('New key', 'Make a key', declared, 'api-key', async role => {
      const made = await api.createKey(role);
      await once(`Key ${made.id}`, KEEP, made.key);
      await show({ words: `The key ${made.id} is made.` });
    })
  ] };
}

export async function clients({ cursor }, show) {
  const [declared, page] = await Promise.all([declaredRoles(), may('list-clients') ? api.clients(cursor) : null]);
  const revoke = client => !client.declared && !client.revoked && may('revoke-client') && lineButton('Revoke', `Revoke the client ${client.id}`, async () => {
    if (await revoked(client)) await show({ words: `The client ${client.id} is revoked.` });
  });
  const renew = client => client.declared && may('renew-secret') && lineButton('New secret', `New secret for the client ${client.id}`, async () => {
    if (await sure('Make a new secret?', `The old secret of ${client.id} is worth nothing from then on. This cannot be undone.`, 'Make it')) {
      const made = await api.renewSecret(client.id);
      await once(`Secret of ${client.id}`, KEEP, made.secret);
      await show({ words: `${client.id} has a new secret.` });
    }
  });
  return { heading: 'Clients', content: [
    page && list(page.clients, client => row(
      may('read-client') ? element('a', { href: '#/clients/' + encodeURIComponent(client.id) }, element('code', {}, client.id))
        : element('strong', {}, element('code', {}, client.id)),
      [client.declared && [badge('declared'), ' '], client.from === 'registration' && [badge('registered itself'), ' '],
        client.revoked && [badge('revoked'), ' '], client.name && `calls itself “${client.name}”, `, client.roles.join(', ') || 'no role',
        client.created && [', since ', time(client.created)]].flat().filter(Boolean),
      revoke(client), renew(client))),
    page && more('clients', cursor, page.next),
    may('create-client') && make('New client', 'Make a client', declared, 'client', async role => {
      const made = await api.createClient(role);
      await once(`Secret of ${made.id}`, KEEP, made.secret);
      await show({ words: `The client ${made.id} is made.` });
    })
  ] };
}
