// The storefront: products for everybody, orders for whoever signs in.
import { call, comeBack, logIn, logOut, signedIn } from '/assets/sign-in.js';

const $ = id => document.getElementById(id);
const basket = new Map();               // sku → { name, price, quantity }
const MOST_OF_ONE = 99;
const euros = cents => (cents / 100).toLocaleString(undefined, { style: 'currency', currency: 'EUR' });

const WORDS = {
  'no-token': 'Please log in first.',
  'token-expired': 'Your login has ended. Please log in again.',
  'token-revoked': 'Your login was ended. Please log in again.',
  'not-allowed': 'Your account may not do that.',
  'scope-missing': 'Your account may not do that.',
  'answer-withheld': 'That is not yours to see.',
  'condition-failed': 'That is not yours to change.',
  'blocked': 'This shop does not serve you at present.',
  'limit-reached': 'That was too often. Please wait a moment and try again.',
  'request-not-valid': 'Something in the form is not right. Please check it.',
  'unreachable': 'A part of the shop does not answer just now. Please try again later.',
  'upstream-timeout': 'A part of the shop does not answer just now. Please try again later.',
  'not-recorded': 'Nothing was done, because it could not be recorded. Please try again later.'
};

function element(name, text, style) {
  const made = document.createElement(name);
  made.textContent = text;
  if (style) made.className = style;
  return made;
}

function say(words = '', request = '') {
  $('words').textContent = words;
  $('request').textContent = request && `If you ask us about it, say request ${request}.`;
  $('message').hidden = !words;
}

async function refused(answer) {
  const problem = await answer.json().catch(() => ({}));
  const words = WORDS[problem.reason] ?? problem.error ?? problem.title ?? `The shop answered ${answer.status}.`;
  say(words.charAt(0).toUpperCase() + words.slice(1), answer.headers.get('Ringwall-Request') ?? '');
  $('message').scrollIntoView({ block: 'nearest' });
  showWho();
}

// Does something that can fail, once at a time, and says so when it does.
async function attempt(action, button) {
  say();
  if (button) button.disabled = true;
  try {
    await action();
  } catch (failed) {
    say(failed instanceof TypeError ? 'The shop cannot be reached.' : failed.message);
  } finally {
    if (button) button.disabled = false;
  }
}

function showWho() {
  $('log-in').hidden = signedIn();
  $('log-out').hidden = !signedIn();
  $('who').textContent = signedIn() ? 'You are logged in.' : '';
}

function change(product, by) {
  const quantity = (basket.get(product.sku)?.quantity ?? 0) + by;
  if (quantity > MOST_OF_ONE) return;
  if (quantity > 0) basket.set(product.sku, { ...product, quantity });
  else basket.delete(product.sku);
  showBasket();
}

function action(text, label, run) {
  const button = element('button', text);
  button.type = 'button';
  button.setAttribute('aria-label', label);
  button.addEventListener('click', run);
  return button;
}

function showBasket() {
  const lines = [...basket.values()];
  const total = lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
  $('basket').replaceChildren(...lines.map(line => {
    const item = document.createElement('li');
    item.append(
      element('span', `${line.quantity} × ${line.name}`, 'name'),
      element('span', euros(line.price * line.quantity), 'price'),
      action('−', `One ${line.name} less`, () => change(line, -1)));
    return item;
  }));
  $('basket').hidden = !lines.length;
  $('sum').textContent = lines.length ? `Together ${euros(total)}` : 'Nothing chosen yet.';
}

async function showProducts() {
  const answer = await call('/products');
  $('products').setAttribute('aria-busy', 'false');
  if (!answer.ok) {
    $('products').replaceChildren(element('li', 'The products cannot be shown.', 'note'));
    return refused(answer);
  }
  const { products } = await answer.json();
  $('products').replaceChildren(...products.map(product => {
    const item = document.createElement('li');
    item.append(
      element('span', product.name, 'name'),
      element('span', euros(product.price), 'price'),
      action('Add', `Add ${product.name} to the basket`, () => change(product, 1)));
    return item;
  }));
}

async function showOrder(id) {
  const answer = await call(`/orders/${id}`);
  if (!answer.ok) {
    $('placed').hidden = true;
    return refused(answer);
  }
  const order = await answer.json();
  const facts = {
    Status: order.status,
    Items: order.items.map(item => `${item.quantity} × ${item.sku}`).join(', '),
    Total: euros(order.total),
    To: `${order.contact.address}, ${order.contact.email}`
  };
  $('placed-title').textContent = `Order ${order.id}`;
  $('facts').replaceChildren(...Object.entries(facts).flatMap(([name, value]) => [element('dt', name), element('dd', value)]));
  $('placed').hidden = false;
  $('placed').focus();
}

async function place() {
  if (!signedIn()) return say('Please log in first.');
  if (!basket.size) return say('Please choose a product first.');
  const form = new FormData($('order'));
  const answer = await call('/orders', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      items: [...basket.values()].map(({ sku, quantity }) => ({ sku, quantity })),
      contact: { email: form.get('email'), address: form.get('address') },
      card: { pan: form.get('pan'), cvc: form.get('cvc') }
    })
  });
  if (!answer.ok) return refused(answer);
  const { id } = await answer.json();
  basket.clear();
  showBasket();
  await showOrder(id);
}

function onSubmit(form, run) {
  form.addEventListener('submit', event => {
    event.preventDefault();
    attempt(run, event.submitter);
  });
}

$('log-in').addEventListener('click', event => attempt(logIn, event.currentTarget));
// Whoever goes back to this page afterwards finds nothing of the person before them on it.
function clear() {
  basket.clear();
  showBasket();
  $('order').reset();
  $('find').reset();
  $('placed').hidden = true;
  $('facts').replaceChildren();
}

$('log-out').addEventListener('click', event => {
  clear();
  attempt(logOut, event.currentTarget);
});
addEventListener('pageshow', event => { if (event.persisted) location.reload(); });
onSubmit($('order'), place);
onSubmit($('find'), () => showOrder(new FormData($('find')).get('id')));
await attempt(comeBack);
const said = $('words').textContent;
showWho();
await attempt(showProducts);
if (said) say(said);
