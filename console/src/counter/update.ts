// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Keeps the page in the browser (sw.ts), and lets a new version take over while no case is open.
const kAskEveryMs = 60 * 60_000;

export class Updates {
  private registration: ServiceWorkerRegistration | undefined;

  constructor(private readonly idle: () => boolean) {}

  // Resolves with whether the page will open without a network.
  async start(): Promise<boolean> {
    if (!('serviceWorker' in navigator)) return false;
    const workers = navigator.serviceWorker;
    const hadOne = workers.controller !== null;
    let registration: ServiceWorkerRegistration;
    try {
      registration = await workers.register('/intake/sw.js', { scope: '/intake/' });
    } catch {
      return hadOne; // the one from before goes on
    }
    this.registration = registration;
    let leaving = false;
    workers.addEventListener('controllerchange', () => {
      if (!hadOne || leaving || !this.idle()) return;
      leaving = true;
      location.reload();
    });
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', () => this.offer());
    });
    this.offer();
    setInterval(() => void registration.update().catch(() => undefined), kAskEveryMs);
    if (!registration.active) await settled(registration.installing);
    return registration.active !== null;
  }

  // To be called whenever a case may have ended.
  offer(): void {
    if (this.idle()) this.registration?.waiting?.postMessage('take over');
  }
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
