// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Bundles each test for Node.js, then runs node's own test runner: Node.js 18 reads no TypeScript.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const out = fileURLToPath(new URL('../node_modules/.tests', import.meta.url));
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const names = readdirSync(here).filter((name) => name.endsWith('.test.ts'));
await build({
  entryPoints: names.map((name) => here + name),
  outdir: out,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node18',
  sourcemap: 'inline',
  logLevel: 'warning',
});
const files = names.map((name) => `${out}/${name.replace(/\.ts$/, '.mjs')}`);
// Node.js 18 has what browsers call `crypto` behind a flag only.
const flags = globalThis.crypto ? [] : ['--experimental-global-webcrypto'];
const ran = spawnSync(
  process.execPath,
  ['--enable-source-maps', ...flags, '--test', ...process.argv.slice(2), ...files],
  { stdio: 'inherit' },
);
process.exit(ran.status ?? 1);
