// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The counter's page without a network: everything it is made of is kept at the first visit. A new
// version waits until the page says that no case is open.
/// <reference lib="webworker" />
declare const self: ServiceWorkerGlobalScope;
declare const __VERSION__: string;
declare const __FILES__: string[]; // relative to the scope; '' is the page itself

const kPrefix = 'intake-counter-';
const kCache = kPrefix + __VERSION__;
const addresses = () => __FILES__.map((file) => new URL(file, self.registration.scope).href);

self.addEventListener('install', (event) => {
  const keep = async () => {
    const cache = await caches.open(kCache);
    await cache.addAll(addresses().map((address) => new Request(address, { cache: 'reload' })));
  };
  event.waitUntil(keep());
});

self.addEventListener('activate', (event) => {
  const tidyUp = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith(kPrefix) && name !== kCache) await caches.delete(name);
    }
    await self.clients.claim();
  };
  event.waitUntil(tidyUp());
});

self.addEventListener('message', (event) => {
  if (event.data === 'take over') void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  address.search = '';
  address.hash = '';
  if (request.method !== 'GET' || !addresses().includes(address.href)) return;
  const kept = async () => {
    const cache = await caches.open(kCache);
    return (await cache.match(address.href)) ?? fetch(request);
  };
  event.respondWith(kept());
});

export {};
