// The page for administrators: signs in, offers what the person may do, and shows the place that stands behind `#` in the address.
import { SignedOut, arrive, leave, may, person } from './sign-in.js';
import { Refusal } from './api.js';
import { button, element } from './parts.js';
import { accounts, newAccount } from './accounts.js';
import { account } from './account.js';
import { client } from './client.js';
import { clients, keys } from './programs.js';
import { roles } from './roles.js';

const system = document.body.dataset.system;
const page = document.getElementById('page');
const said = document.getElementById('said');

const PLACES = [
  { path: 'accounts', word: 'Accounts', there: () => may('list-users', 'create-user'), show: accounts },
  { path: 'keys', word: 'Keys', there: () => may('list-keys', 'create-key'), show: keys },
  { path: 'clients', word: 'Clients', there: () => may('list-clients', 'create-client', 'renew-secret'), show: clients },
  { path: 'roles', word: 'Roles', there: () => may('list-roles'), show: roles }
];

let shown = 0;

// Says that something was done, to those who do not see it too.
function say(words) {
  said.replaceChildren(words);
}

function title(words) {
  document.title = `${words} – Administration of ${system}`;
}

function put(heading, ...content) {
  title(heading);
  page.replaceChildren(element('h1', { tabindex: '-1' }, heading), ...content.flat().filter(Boolean));
  page.setAttribute('aria-busy', 'false');
}

function place() {
  const [path, search = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [first = '', second] = path.split('/');
  let id;
  try {
    id = second && decodeURIComponent(second);
  } catch {
    id = '';
  }
  return { first, id, query: Object.fromEntries(new URLSearchParams(search)) };
}

function view({ first, id, query }) {
  const chosen = PLACES.find(one => one.path === first && one.there());
  if (!chosen) return { heading: 'There is no such page', content: [element('p', {}, 'Choose one above.')] };
  if (first === 'accounts' && id === 'new' && may('create-user')) return newAccount();
  if (first === 'accounts' && id) return account(id, show);
  if (first === 'clients' && id) return client(id, show);
  return chosen.show(query, show);
}

function menu(current) {
  document.getElementById('nav').replaceChildren(...PLACES.filter(one => one.there()).map(one =>
    element('a', { href: '#/' + one.path, 'aria-current': one.path === current ? 'page' : undefined }, one.word)));
}

// Shows the place in the address, whose heading then has the focus. What comes too late for it is dropped.
async function show({ words = '', first = false } = {}) {
  const turn = ++shown;
  const where = place();
  menu(where.first);
  page.setAttribute('aria-busy', 'true');
  try {
    const { heading, content } = await view(where);
    if (turn !== shown) return;
    put(heading, content);
  } catch (failed) {
    if (turn !== shown) return;
    if (failed instanceof SignedOut) return outside(failed);
    put(failed instanceof Refusal ? 'That cannot be shown' : 'Something went wrong',
      element('p', { class: 'error', role: 'alert' }, failed.shown?.() ?? 'Reload the page. If that does not help, say so to whoever runs the system.'));
  }
  say(words);
  if (!first) page.querySelector('h1').focus();
  if (!words) scrollTo(0, 0);
}

function outside({ message, words, login }) {
  document.getElementById('nav').replaceChildren();
  document.getElementById('who').replaceChildren();
  put(message, element('p', {}, words), button(login.prompt ? 'Sign in as somebody else' : 'Sign in', () => leave(login), { class: null }),
    element('p', { class: 'more' }, element('a', { href: '/auth/account' }, 'Your account')));
}

// What stands behind `#` is a place of these pages, so this link moves the focus and nothing else.
document.querySelector('.skip').addEventListener('click', event => {
  event.preventDefault();
  page.querySelector('h1')?.focus();
});
addEventListener('hashchange', () => show());
addEventListener('pageshow', event => { if (event.persisted) location.reload(); });
addEventListener('unhandledrejection', event => {
  if (event.reason instanceof SignedOut) {
    event.preventDefault();
    outside(event.reason);
  }
});

try {
  await arrive();
  document.getElementById('who').replaceChildren(
    element('span', {}, 'Signed in as ', element('strong', {}, person.name)),
    element('a', { href: '/auth/account' }, 'Account'), element('a', { href: '/auth/logout' }, 'Sign out'));
  const first = PLACES.find(one => one.there());
  if (!first) {
    put('Nothing to do here', element('p', {}, 'Your roles may administer nothing that these pages show.'));
  } else {
    if (!place().first) history.replaceState(null, '', '#/' + first.path);
    await show({ first: true });
  }
} catch (failed) {
  outside(failed instanceof SignedOut ? failed : new SignedOut('You are not signed in', 'The system cannot be reached. Try again later.'));
}
