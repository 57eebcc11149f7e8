// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
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
        .filter(
          ({ fileName }) => fileName === 'index.html' || /^assets\/(?!office-)/.test(fileName),
        )
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

// The licences of what is in the bundle, beside it: they ask to be shipped with it.
function licences(): Plugin {
  return {
    name: 'licences',
    apply: 'build',
    generateBundle(_, bundle) {
      const packages = new Set<string>();
      for (const file of Object.values(bundle)) {
        for (const id of file.type === 'chunk' ? Object.keys(file.modules) : []) {
          const found = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replace(/^\0/, ''));
          if (found?.[1]) packages.add(found[1]);
        }
      }
      const texts = [...packages].sort().map((folder) => {
        const about = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
        const name = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
        const text = name ? readFileSync(`${folder}/${name}`, 'utf8') : `By ${about.author}\n`;
        return `${about.name} ${about.version}, ${about.license}\n\n${text}`;
      });
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: texts.join('\n---\n\n') });
    },
  };
}

export default defineConfig({
  base: '/intake/',
  plugins: [svelte(), licences(), serviceWorker()],
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
