import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

import { licences } from './licences.js';

const web = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));
const core = `${root}build/wasm/core`;

/** What a file of the build must be, for the service worker. @param {string} url */
function integrity(url) {
  const bytes = readFileSync(`${root}build/dist/${url}`);
  return `sha256-${createHash('sha256').update(bytes).digest('base64')}`;
}

export default defineConfig({
  root: web,
  base: './', // any host, any sub-path
  resolve: {
    alias: [
      { find: /^capsa-core\.wasm/, replacement: `${core}.wasm` },
      { find: /^capsa-core$/, replacement: `${core}.mjs` },
    ],
  },
  worker: { format: 'es' },
  build: {
    outDir: `${root}build/dist`,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false }, // one chunk, and no inline script (CSP)
    reportCompressedSize: false,
  },
  plugins: [
    licences({ web, root }),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: '.',
      filename: 'service-worker.js',
      injectRegister: false, // lib/updates.js, under Trusted Types
      manifest: false, // public/manifest.webmanifest
      injectManifest: {
        globPatterns: ['**/*'],
        globIgnores: ['service-worker.js'],
        maximumFileSizeToCacheInBytes: 16 * 2 ** 20,
        manifestTransforms: [
          (entries) => ({
            manifest: entries.map((entry) => ({ ...entry, integrity: integrity(entry.url) })),
          }),
        ],
      },
    }),
  ],
});
