// One client: what it says of itself, what it may do, and its end.
import { api } from './api.js';
import { badge, element, facts, grave, section, sure, time } from './parts.js';
import { may } from './sign-in.js';

const FROM = { declaration: 'It stands in the declaration, and is changed there.', command: 'It was made for a program.', registration: 'It registered itself.' };

const lines = texts => texts.map(text => element('code', { class: 'line' }, text));

// Ends the client where the person wants it; true when it is done.
export async function revoked(client) {
  const itself = client.from === 'registration';
  if (!await sure('Revoke the client?',
    `${client.id} gets no tokens from then on, and those that it has end. ${itself ? 'What people allowed it is forgotten. ' : ''}This cannot be undone.`,
    'Revoke it')) return false;
  await api.revokeClient(client.id);
  return true;
}

export async function client(id, show) {
  if (!may('read-client')) return { heading: 'Client', content: [element('p', {}, 'Your roles may not look at single clients.')] };
  const one = await api.client(id);
  return { heading: one.name || one.id, content: [
    one.from === 'registration' && element('p', { class: 'note' }, 'Its name and its addresses are its own words. Nobody has looked at them.'),
    facts([
      ['Id', element('code', {}, one.id)],
      ['From', FROM[one.from] ?? one.from, ' ', one.revoked && badge('revoked')].filter(Boolean),
      ['Kind', one.kind],
      one.proof && ['Proves itself', { none: 'not at all', secret: 'with a secret', keys: 'with keys', certificate: 'with a certificate' }[one.proof] ?? one.proof],
      ['Roles', one.roles.join(', ') || 'none: the declaration has no such client any more'],
      one.redirects?.length > 0 && ['Sends people to', lines(one.redirects)],
      one.scopes?.length > 0 && ['May get', lines(one.scopes)],
      one.created && ['Since', time(one.created)],
      one.from === 'registration' && ['Last used', one.used ? time(one.used) : 'never'],
      one.expires && ['Ends if unused', time(one.expires)]
    ]),
    !one.declared && !one.revoked && may('revoke-client') && section('Revoke', grave('Revoke the client', async () => {
      if (!await revoked(one)) return;
      history.replaceState(null, '', '#/clients');
      await show({ words: `The client ${one.id} is revoked.` });
    }, element('p', {}, 'For a client that nobody needs any more, or that is not what it says.'))),
    element('p', { class: 'more' }, element('a', { href: '#/clients' }, 'Back to the clients'))
  ] };
}
