// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The status page API under readers that others wrote: the npm client "statuspage.io", and
// Atlassian's own widget in Debian's Chromium on a page of another origin.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { ask, startChromium, startServers } from './servers.mjs';

process.env.NO_PROXY = '127.0.0.1'; // the client asks the environment for a proxy
const require = createRequire(import.meta.url);
const { Statuspage } = require('statuspage.io');
const kWidget = readFileSync(require.resolve('@statuspage/status-widget/dist/index.js'), 'utf8');

let servers;
let browser;
before(async () => {
  servers = await startServers();
  browser = await startChromium();
});
after(async () => {
  await browser?.stop();
  await servers?.stop();
});

const stateOf = {
  normal: { indicator: 'none', description: 'All Systems Operational' },
  presumed: { indicator: 'none', description: 'No Fault Known (Not Everything Is Measured)' },
  limited: { indicator: 'minor', description: 'Partially Degraded Service' },
  unknown: { indicator: 'minor', description: 'Partially Degraded Service' },
  mixed: { indicator: 'major', description: 'Partial System Outage' },
  closed: { indicator: 'critical', description: 'Major Service Outage' },
};

function client(state) {
  const { port } = servers.states.get(state);
  const page = new Statuspage('house');
  page.setApiUrl(`http://127.0.0.1:${port}`);
  return page.api;
}

for (const [state, status] of Object.entries(stateOf)) {
  test(`the npm client reads every document: ${state}`, async () => {
    const api = client(state);
    const summary = await api.getSummary();
    assert.deepEqual(summary.status, status);
    assert.deepEqual((await api.getStatus()).status, status);
    assert.deepEqual((await api.getComponents()).components, summary.components);
    assert.deepEqual((await api.incidents.getUnresolved()).incidents, summary.incidents);
    assert.ok(Array.isArray((await api.incidents.getAll()).incidents));
    for (const name of ['getAll', 'getUpcoming', 'getActive']) {
      const { scheduled_maintenances: all } = await api.scheduledMaintenances[name]();
      assert.ok(Array.isArray(all), name);
    }
    const groups = summary.components.filter((one) => one.group);
    assert.ok(groups.length > 0);
    for (const group of groups) {
      const members = summary.components.filter((one) => one.group_id === group.id);
      assert.deepEqual(members.map((one) => one.id), group.components, group.name);
    }
  });
}

test('documents are open to other sites and answered again only when they changed', async () => {
  const { port } = servers.states.get('normal');
  for (const path of ['/api/v2/summary.json', '/feed/atom.xml', '/en/feed/rss.xml']) {
    const first = await ask({ port }, 'GET', path);
    assert.equal(first.status, 200, path);
    assert.equal(first.headers['access-control-allow-origin'], '*', path);
    const etag = first.headers.etag;
    const again = await ask({ port }, 'GET', path, { headers: { 'if-none-match': etag } });
    assert.equal(again.status, 304, path);
    assert.equal((await ask({ port }, 'HEAD', path)).status, 200, path);
    assert.equal((await ask({ port }, 'POST', path)).status, 405, path);
  }
  const page = await ask({ port }, 'GET', '/');
  assert.equal(page.headers['access-control-allow-origin'], undefined);
});

for (const [state, { description }] of Object.entries(stateOf)) {
  test(`the widget of another origin shows it: ${state}`, async () => {
    const { port } = servers.states.get(state);
    const html =
      '<!DOCTYPE html><html lang="en"><title>x</title>' +
      `<statuspage-widget src="http://127.0.0.1:${port}"></statuspage-widget>` +
      '<script src="/widget.js"></script></html>';
    const site = createServer((request, answer) => {
      const script = request.url === '/widget.js';
      answer.setHeader('content-type', script ? 'text/javascript' : 'text/html; charset=utf-8');
      answer.end(script ? kWidget : html);
    });
    await new Promise((resolve) => site.listen(0, '127.0.0.1', resolve));
    const page = await browser.context.newPage();
    try {
      await page.goto(`http://127.0.0.1:${site.address().port}/`);
      await page.waitForFunction(
        (wanted) =>
          document.querySelector('statuspage-widget').shadowRoot?.textContent.includes(wanted),
        description,
      );
    } finally {
      await page.close();
      // Chromium keeps connections open that it may need.
      await new Promise((resolve) => {
        site.close(resolve);
        site.closeAllConnections();
      });
    }
  });
}
