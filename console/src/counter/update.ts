// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Keeps the page in the browser (sw.ts), and lets a new version take over while no case is open.
// Resolves with whether the page will open without a network.
const kLookEveryMs = 30_000;
const kAskEveryMs = 60 * 60_000;

export async function updateWhenIdle(idle: () => boolean): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return false;
  const workers = navigator.serviceWorker;
  let registration: ServiceWorkerRegistration;
  try {
    registration = await workers.register('/intake/sw.js', { scope: '/intake/' });
  } catch {
    return workers.controller !== null; // the one from before goes on
  }
  const hadOne = workers.controller !== null;
  let leaving = false;
  workers.addEventListener('controllerchange', () => {
    if (!hadOne || leaving || !idle()) return;
    leaving = true;
    location.reload();
  });
  const offer = () => {
    if (idle()) registration.waiting?.postMessage('take over');
  };
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', offer);
  });
  offer();
  setInterval(offer, kLookEveryMs);
  setInterval(() => void registration.update().catch(() => undefined), kAskEveryMs);
  await (registration.active ? undefined : settled(registration.installing));
  return registration.active !== null;
}

// Until a worker has come to be active, or has been thrown away.
function settled(worker: ServiceWorker | null): Promise<void> {
  return new Promise((done) => {
    const look = () => {
      if (!worker || worker.state === 'activated' || worker.state === 'redundant') done();
    };
    worker?.addEventListener('statechange', look);
    look();
  });
}
