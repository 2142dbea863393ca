import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * The console's build. `npm run build` runs it as a part of its own; `npm run web` serves the sources with hot reload
 * beside a running `npm start`.
 */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  plugins: [react()],
  // The API writes a nonce of its own into each answer: `api/console/page.ts`.
  html: { cspNonce: 'GITWARD-NONCE' },
  build: {
    outDir: join(import.meta.dirname, '../dist/web'),
    emptyOutDir: true,
    // What is inlined as `data:` would need its own exception in the Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // `npm run bench -- console` measures what matters: what each page loads, compressed.
    chunkSizeWarningLimit: 1_000,
  },
  worker: { format: 'es' },
  server: { proxy: { '/v1': 'http://127.0.0.1:8080', '/docs': 'http://127.0.0.1:8080' } },
});
