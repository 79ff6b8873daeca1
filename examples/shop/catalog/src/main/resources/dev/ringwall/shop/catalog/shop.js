// The storefront: products for everybody, orders for whoever logs in. Authorization code with PKCE; tokens stay in this tab.
const CLIENT = 'storefront';
const REDIRECT = location.origin + '/';
const $ = id => document.getElementById(id);
const basket = new Map();

const base64url = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
const euros = cents => (cents / 100).toLocaleString(undefined, { style: 'currency', currency: 'EUR' });

function say(text) {
  $('message').textContent = text;
  $('message').hidden = !text;
}

async function refusal(answer) {
  const problem = await answer.json().catch(() => ({}));
  const words = {
    'no-token': 'Please log in first.',
    'token-expired': 'Your login has ended. Please log in again.',
    'not-allowed': 'Your account may not do that.',
    'limit-reached': 'That was too often. Please wait a moment.',
    'request-not-valid': 'Something in the form is not right. Please check it.'
  }[problem.reason] ?? problem.error ?? problem.title ?? `The shop answered ${answer.status}.`;
  const request = answer.headers.get('Ringwall-Request');
  return request ? `${words} (request ${request})` : words;
}

async function call(path, options = {}) {
  const token = sessionStorage.getItem('token');
  const headers = { ...options.headers };
  if (token) headers.Authorization = `Bearer ${token}`;
  return fetch(path, { ...options, headers });
}

async function metadata() {
  return (await fetch('/auth/.well-known/openid-configuration')).json();
}

async function logIn() {
  const verifier = random(), state = random();
  sessionStorage.setItem('verifier', verifier);
  sessionStorage.setItem('state', state);
  const challenge = base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
  const to = new URL((await metadata()).authorization_endpoint);
  to.search = new URLSearchParams({
    response_type: 'code', client_id: CLIENT, redirect_uri: REDIRECT, state,
    code_challenge: challenge, code_challenge_method: 'S256'
  });
  location.assign(to);
}

async function comeBack() {
  const query = new URLSearchParams(location.search);
  if (!query.has('code') && !query.has('error')) return;
  history.replaceState(null, '', '/');
  const state = sessionStorage.getItem('state'), verifier = sessionStorage.getItem('verifier');
  sessionStorage.removeItem('state');
  sessionStorage.removeItem('verifier');
  if (query.get('state') !== state) return say('That login was not begun here.');
  if (query.has('error')) return say('The login was not completed.');
  const provider = await metadata();
  if (query.has('iss') && query.get('iss') !== provider.issuer) return say('That answer came from somebody else.');
  const answer = await fetch(provider.token_endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code', client_id: CLIENT, redirect_uri: REDIRECT, code: query.get('code'), code_verifier: verifier
    })
  });
  if (!answer.ok) return say(await refusal(answer));
  const tokens = await answer.json();
  sessionStorage.setItem('token', tokens.access_token);
}

function logOut() {
  sessionStorage.clear();
  location.assign('/');
}

function showWho() {
  const loggedIn = sessionStorage.getItem('token') !== null;
  $('login').hidden = loggedIn;
  $('logout').hidden = !loggedIn;
  $('who').textContent = loggedIn ? 'You are logged in.' : '';
}

function showBasket() {
  const lines = [...basket.values()].map(line => `${line.quantity} × ${line.name}`);
  $('basket').textContent = lines.length ? lines.join(', ') : 'Nothing chosen yet.';
}

async function showProducts() {
  const answer = await call('/products');
  if (!answer.ok) return say(await refusal(answer));
  const { products } = await answer.json();
  $('products').replaceChildren(...products.map(product => {
    const item = document.createElement('li');
    const name = document.createElement('span'), price = document.createElement('span'), add = document.createElement('button');
    name.textContent = product.name;
    price.textContent = euros(product.price);
    add.type = 'button';
    add.textContent = 'Add';
    add.setAttribute('aria-label', `Add ${product.name}`);
    add.addEventListener('click', () => {
      const quantity = (basket.get(product.sku)?.quantity ?? 0) + 1;
      basket.set(product.sku, { name: product.name, quantity });
      showBasket();
    });
    item.append(name, price, add);
    return item;
  }));
}

function showOrder(order) {
  const title = document.createElement('h3'), text = document.createElement('p');
  title.textContent = `Order ${order.id}`;
  text.textContent = `${order.status}, ${euros(order.total)}, to ${order.contact.address}`;
  $('placed').replaceChildren(title, text);
  $('placed').hidden = false;
}

async function place(event) {
  event.preventDefault();
  say('');
  if (!sessionStorage.getItem('token')) return say('Please log in first.');
  if (!basket.size) return say('Please choose a product first.');
  const form = new FormData($('order'));
  const answer = await call('/orders', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      items: [...basket].map(([sku, line]) => ({ sku, quantity: line.quantity })),
      contact: { email: form.get('email'), address: form.get('address') },
      card: { pan: form.get('pan'), cvc: form.get('cvc') }
    })
  });
  if (!answer.ok) return say(await refusal(answer));
  const placed = await answer.json();
  const read = await call(`/orders/${placed.id}`);
  if (!read.ok) return say(await refusal(read));
  showOrder(await read.json());
  basket.clear();
  showBasket();
}

$('login').addEventListener('click', logIn);
$('logout').addEventListener('click', logOut);
$('order').addEventListener('submit', place);
await comeBack();
showWho();
await showProducts();
