// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
'use strict';
// Opens what the page holds sealed, with the passphrase as key. Nothing leaves the page.
const part = (id) => document.getElementById(id);
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const encoded = (text) => new TextEncoder().encode(text);

async function unsealed(passphrase) {
  const sealed = JSON.parse(part('sealed').textContent);
  const secret = await crypto.subtle.importKey('raw', encoded(passphrase), 'PBKDF2', false,
    ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: bytes(sealed.salt),
    iterations: sealed.iterations };
  const key = await crypto.subtle.deriveKey(how, secret, { name: 'AES-GCM', length: 256 }, false,
    ['decrypt']);
  const lock = { name: 'AES-GCM', iv: bytes(sealed.iv), additionalData: encoded(sealed.format) };
  const plain = await crypto.subtle.decrypt(lock, key, bytes(sealed.data));
  return JSON.parse(new TextDecoder().decode(plain));
}

function say(id) {
  for (const one of document.querySelectorAll('#trouble > p')) one.hidden = one.id !== id;
}

function show(papers, language) {
  document.documentElement.lang = language;
  document.title = papers[language].title;
  part('content').innerHTML = papers[language].body;
  for (const one of ['de', 'en']) part(one).setAttribute('aria-pressed', String(one === language));
  part('content').querySelector('h1').focus();
}

async function open(event) {
  event.preventDefault();
  say('');
  if (!globalThis.crypto || !crypto.subtle) {
    say('old-browser');
    return;
  }
  part('open').disabled = true;
  say('working');
  try {
    const papers = await unsealed(part('passphrase').value.trim());
    say('');
    part('passphrase').value = '';
    part('lock').hidden = true;
    part('tools').hidden = false;
    for (const one of ['de', 'en']) part(one).addEventListener('click', () => show(papers, one));
    part('print').addEventListener('click', () => window.print());
    show(papers, 'de');
  } catch {
    say('wrong');
    part('passphrase').focus();
  }
  part('open').disabled = false;
}

part('form').addEventListener('submit', open);
part('visible').addEventListener('change', (event) => {
  part('passphrase').type = event.target.checked ? 'text' : 'password';
});
