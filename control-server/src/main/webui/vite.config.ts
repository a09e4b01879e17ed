import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  build: {
    // The Maven build puts this folder into the server's jar; see control-server/pom.xml.
    outDir: process.env['SEKISHO_WEBUI_OUT'] ?? 'dist',
    emptyOutDir: true,
    // The console's CSP has no data: sources, so nothing may be inlined.
    assetsInlineLimit: 0,
    sourcemap: false,
    // PatternFly's base style sheet alone is over the default mark of 500 kB.
    chunkSizeWarningLimit: 1500,
  },
  server: {
    proxy: { '/api': { target: process.env['SEKISHO_SERVER'] ?? 'https://localhost:8443', secure: false } },
  },
  test: {
    environment: 'jsdom',
    globals: false,
    setupFiles: ['src/test/setup.ts'],
    css: false,
    restoreMocks: true,
    // Milliseconds. axe-core needs some seconds for a page where the machine builds other things besides.
    testTimeout: 30_000,
    server: { deps: { inline: [/@patternfly/] } },
  },
});
