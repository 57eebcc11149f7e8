// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, transformWithEsbuild, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The service worker, with the list of what the counter needs and a version that changes with any
// byte of it.
function serviceWorker(): Plugin {
  const source = here('./src/sw.ts');
  return {
    name: 'service-worker',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_, bundle) {
      const files = Object.values(bundle)
        .filter((file) => file.fileName !== 'office.html' && !/\boffice-/.test(file.fileName))
        .sort((one, other) => (one.fileName < other.fileName ? -1 : 1));
      const hash = createHash('sha256').update(readFileSync(source));
      for (const file of files) {
        hash.update(file.fileName);
        hash.update(file.type === 'chunk' ? file.code : file.source);
      }
      const names = files.map((file) => file.fileName.replace(/^index\.html$/, ''));
      const { code } = await transformWithEsbuild(readFileSync(source, 'utf8'), source, {
        minify: true,
        format: 'iife',
        define: {
          __VERSION__: JSON.stringify(hash.digest('hex').slice(0, 16)),
          __FILES__: JSON.stringify(names),
        },
      });
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: code });
    },
  };
}

export default defineConfig({
  base: '/intake/',
  plugins: [svelte(), serviceWorker()],
  build: {
    outDir: here('../build/console'),
    emptyOutDir: true,
    target: ['chrome100', 'firefox102', 'safari16'],
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700, // libsodium carries its WebAssembly inside
    modulePreload: { polyfill: false },
    rollupOptions: { input: { counter: here('./index.html'), office: here('./office.html') } },
  },
});
