import { defineConfig } from 'vitest/config'
import { findWebKit } from './scripts/system/webkit.ts'
import { thisMachine } from './scripts/system/this-machine.ts'
import { webkit } from './test/webkit/provider.ts'
import { expectedInTest } from './test/support/reported-error.ts'

/** `pnpm test:webkit`: the tests that run in every environment, and those of pages, in an installed WebKitGTK. */
const programs = findWebKit(thisMachine())
if (programs === null) {
  throw new TypeError('No WebKit was found: sudo apt-get install -y webkit2gtk-driver xvfb')
}

export default defineConfig({
  resolve: { conditions: ['@millrace/source', 'module', 'browser', 'development|production'] },
  environments: {
    __vitest__: { resolve: { conditions: ['@millrace/source', 'node', 'development|production'] } },
  },
  test: {
    globalSetup: ['./test/setup/test-server.ts'],
    setupFiles: ['./test/webkit/disposal.ts'],
    testTimeout: 30_000,
    onUnhandledError: ({ message }) => message !== expectedInTest,
    include: ['packages/client/{src,test}/**/*.test.ts'],
    exclude: ['**/*.node.test.ts', '**/*.test-d.ts'],
    browser: {
      enabled: true,
      headless: false,
      ui: false,
      screenshotFailures: false,
      provider: webkit(programs),
      instances: [{ browser: 'webkit' }],
    },
  },
})
