// Makes what stands on the pages. Whatever comes from data is put in as text, and there is no other way in here.

// An element with attributes, listeners (`on: { click }`) and children; a child that is no element is text.
export function element(name, { on = {}, ...attributes } = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, '');
    else if (value !== false && value !== undefined && value !== null) made.setAttribute(key, value);
  }
  for (const [event, run] of Object.entries(on)) made.addEventListener(event, run);
  made.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return made;
}

export const time = text =>
  element('time', { datetime: text }, new Date(text).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' }));

export const rows = items => element('ul', { class: 'rows' }, items);

// One line of a list: what it is, what is to be said of it, and what can be done with it.
export const row = (what, details, ...acts) =>
  element('li', {},
    element('div', {}, what, element('span', { class: 'detail' }, details)),
    acts.some(Boolean) && element('div', { class: 'acts' }, acts));

const BROWSERS = [['Edg', 'Edge'], ['OPR/', 'Opera'], ['Firefox/', 'Firefox'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari']];
const SYSTEMS = [['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Android', 'Android'], ['Windows', 'Windows'], ['Mac OS X', 'macOS'], ['CrOS', 'ChromeOS'], ['Linux', 'Linux']];

// What a browser calls itself, as people would say it; the first that is found counts, since browsers name others too.
export function agent(said) {
  const known = names => names.find(([part]) => said.includes(part))?.[1];
  const browser = known(BROWSERS), system = known(SYSTEMS);
  if (!browser) return said.trim().slice(0, 60) || 'A program that does not say its name';
  return system ? `${browser} on ${system}` : browser;
}

export const badge = text => element('span', { class: 'badge' }, text);

export function section(title, ...children) {
  const id = 'section-' + title.toLowerCase().replaceAll(' ', '-');
  return element('section', { 'aria-labelledby': id }, element('h2', { id }, title), children);
}

export const button = (word, run, more = {}) => element('button', { type: 'button', class: 'plain', on: { click: run }, ...more }, word);

// A button of a line. What is refused is said beside it.
export function lineButton(word, label, run) {
  const error = element('span', { class: 'error', role: 'alert' });
  const does = button(word, async () => {
    if (does.getAttribute('aria-busy') === 'true') return;
    does.setAttribute('aria-busy', 'true');
    error.replaceChildren();
    try {
      await run();
    } catch (refused) {
      if (!refused.shown) throw refused;
      error.replaceChildren(refused.shown());
    } finally {
      does.removeAttribute('aria-busy');
    }
  }, { 'aria-label': label });
  return [does, error];
}

// What is known of something: names and values; a pair that is none is left out.
export const facts = pairs =>
  element('dl', {}, pairs.filter(Boolean).map(([name, ...value]) => [element('dt', {}, name), element('dd', {}, value)]));

// Does it, and shows what was acted on as it is then; also where somebody else was quicker.
export async function done(act, show, words) {
  try {
    await act();
  } catch (refused) {
    if (refused.reason !== 'changed-meanwhile') throw refused;
    return show({ words: refused.words });
  }
  return show({ words });
}

let fields = 0;

// A field with its label above it and what is said about it below.
export function field(label, input, hint) {
  input.id = 'field-' + ++fields;
  const said = [];
  if (hint) {
    said.push(element('p', { class: 'hint', id: input.id + '-hint' }, hint));
    input.setAttribute('aria-describedby', said[0].id);
  }
  return element('div', { class: 'field' }, element('label', { for: input.id }, label), input, said);
}

export const text = more => element('input', { type: 'text', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', ...more });

export function select(options, chosen, more = {}) {
  return element('select', more, options.map(([value, word]) => element('option', { value, selected: value === chosen }, word)));
}

export const check = (word, more, hint) =>
  element('label', { class: 'check' }, element('input', { type: 'checkbox', ...more }), element('span', {}, word, hint && element('span', { class: 'detail' }, hint)));

// A form that does something, one thing at a time, and says beside its fields why it did not.
export function form(word, run, ...children) {
  return act(word, {}, run, children);
}

// The same for what is done less often, or cannot be undone: it stands back, and says so.
export const second = (word, run, ...children) => act(word, { class: 'second' }, run, children);
export const grave = (word, run, ...children) => act(word, { class: 'grave' }, run, children);

function act(word, more, run, children) {
  const error = element('p', { class: 'error', id: 'error-' + ++fields, role: 'alert' });
  const send = element('button', { type: 'submit', class: more.class }, word);
  const made = element('form', { novalidate: true, on: { submit } }, error, children, send);

  function complain(input, words) {
    error.replaceChildren(words);
    if (input) {
      input.setAttribute('aria-invalid', 'true');
      input.setAttribute('aria-errormessage', error.id);
      input.focus();
    } else {
      error.scrollIntoView({ block: 'nearest' });
    }
  }

  async function submit(event) {
    event.preventDefault();
    if (made.getAttribute('aria-busy') === 'true') return;
    error.replaceChildren();
    for (const input of made.elements) input.removeAttribute('aria-invalid');
    const empty = [...made.elements].find(input => input.required && !input.value.trim());
    if (empty) return complain(empty, `${empty.labels[0].textContent} is missing.`);
    made.setAttribute('aria-busy', 'true');
    try {
      await run(new FormData(made), made);
    } catch (refused) {
      if (refused.login) throw refused; // nobody is signed in any more
      complain(refused.about && made.elements[refused.about], refused.shown?.() ?? 'Something went wrong. Reload the page and look before you do it again.');
    } finally {
      made.removeAttribute('aria-busy');
    }
  }
  return made;
}

// Asks before something that cannot be undone; true when the person wants it. Where `typed` is given, it has to be typed.
export function sure(title, words, word, typed) {
  return new Promise(decided => {
    const input = typed && text({ name: 'typed' });
    const no = button('Cancel', () => dialog.close('no'), { autofocus: !typed });
    const yes = element('button', { type: 'submit', class: 'danger' }, word);
    const id = 'sure-' + ++fields;
    const error = element('p', { class: 'error', role: 'alert' });
    const dialog = element('dialog', { 'aria-labelledby': id, 'aria-describedby': id + '-words' },
      element('h2', { id }, title),
      element('p', { id: id + '-words' }, words),
      element('form', { novalidate: true, on: { submit: event => {
        event.preventDefault();
        if (!typed || input.value.trim() === typed) return dialog.close('yes');
        error.replaceChildren(`That is not ${typed}.`);
        input.focus();
      } } },
        error,
        typed && field(`Type ${typed} to go on`, input),
        element('div', { class: 'acts' }, yes, no)));
    dialog.addEventListener('close', () => {
      dialog.remove();
      decided(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
    if (input) input.focus();
  });
}

// Shows what is shown this once, until the person has put it away.
export function once(title, words, secret) {
  return new Promise(done => {
    const id = 'once-' + ++fields;
    const copied = element('span', { role: 'status' });
    const shown = element('code', { class: 'secret', tabindex: '0', 'aria-label': title }, secret);
    const dialog = element('dialog', { 'aria-labelledby': id, 'aria-describedby': id + '-words' },
      element('h2', { id }, title),
      element('p', { id: id + '-words' }, words),
      shown,
      element('div', { class: 'acts' },
        button('Copy', () => navigator.clipboard.writeText(secret).then(
          () => copied.replaceChildren('Copied.'),
          () => copied.replaceChildren('It cannot be copied here; select it.'))),
        element('button', { type: 'button', on: { click: () => dialog.close() } }, 'I have kept it'),
        copied));
    dialog.addEventListener('cancel', event => event.preventDefault());
    dialog.addEventListener('close', () => {
      dialog.remove();
      done();
    });
    document.body.append(dialog);
    dialog.showModal();
    shown.focus();
  });
}
