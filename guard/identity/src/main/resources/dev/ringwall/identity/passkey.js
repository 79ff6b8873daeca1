// Asks the browser for a passkey and puts its answer into the form that the page sends (WebAuthn Level 3 §5.1). Where this does not run, or
// the browser knows no passkeys, the button stays hidden and the page works with passwords and codes.
'use strict';
(() => {
  const FRESH_MILLIS = 9 * 60 * 1000;
  const button = document.querySelector('button[data-passkey]');
  if (!button || !window.PublicKeyCredential || !navigator.credentials) return;

  const form = button.form;
  const said = document.getElementById('passkey-said');
  const making = button.dataset.passkey === 'create';
  const options = JSON.parse(button.dataset.options);

  const bytes = text =>
    Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0));
  const text = buffer =>
    buffer
      ? btoa(Array.from(new Uint8Array(buffer), b => String.fromCharCode(b)).join(''))
          .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
      : undefined;

  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const other of options.excludeCredentials ?? []) other.id = bytes(other.id);

  let waiting = new AbortController();
  const ask = more => {
    waiting.abort();
    waiting = new AbortController();
    const request = { publicKey: options, signal: waiting.signal, ...more };
    return making ? navigator.credentials.create(request) : navigator.credentials.get(request);
  };

  const send = credential => {
    const answer = credential.response;
    form.elements.credential.value = JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      clientExtensionResults: credential.getClientExtensionResults(),
      response: making
        ? {
            clientDataJSON: text(answer.clientDataJSON),
            attestationObject: text(answer.attestationObject),
            transports: answer.getTransports?.() ?? [],
          }
        : {
            clientDataJSON: text(answer.clientDataJSON),
            authenticatorData: text(answer.authenticatorData),
            signature: text(answer.signature),
            userHandle: text(answer.userHandle),
          },
    });
    if (form.elements.password) form.elements.password.value = '';
    form.submit();
  };

  const failed = error => {
    if (error.name === 'AbortError') return;
    said.textContent =
      error.name === 'InvalidStateError'
        ? 'There is a passkey of yours on this device already.'
        : 'No passkey was used.';
  };

  button.hidden = false;
  button.addEventListener('click', () => {
    said.textContent = '';
    if (making && !form.reportValidity()) return;
    ask({}).then(send).catch(failed);
  });

  if (button.dataset.offered === 'yes') {
    const opened = Date.now();
    PublicKeyCredential.isConditionalMediationAvailable?.()
      .then(can => can && ask({ mediation: 'conditional' }).then(send))
      .catch(() => {}); // nobody asked for it
    addEventListener('focus', () => {
      const typed = form.elements.username.value || form.elements.password.value;
      if (Date.now() - opened > FRESH_MILLIS && !typed) location.replace(form.action);
    });
  }
})();
