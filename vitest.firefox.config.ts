import { defineConfig } from 'vitest/config'
import { find } from './scripts/system/find.ts'
import { firefox as need } from './scripts/system/firefox.ts'
import { thisMachine } from './scripts/system/this-machine.ts'
import { firefox } from './test/firefox/provider.ts'
import { expectedInTest } from './test/support/reported-error.ts'

/** `pnpm test:firefox`: the tests that run in every environment, and those of pages, in an installed Firefox. */
const found = find(need, thisMachine())
if (found.type !== 'found') throw new TypeError('Firefox was not found; MILLRACE_FIREFOX may say where it is')

export default defineConfig({
  resolve: { conditions: ['@millrace/source', 'module', 'browser', 'development|production'] },
  environments: {
    __vitest__: { resolve: { conditions: ['@millrace/source', 'node', 'development|production'] } },
  },
  test: {
    globalSetup: ['./test/setup/test-server.ts'],
    testTimeout: 30_000,
    onUnhandledError: ({ message }) => message !== expectedInTest,
    include: ['packages/client/{src,test}/**/*.test.ts'],
    exclude: ['**/*.node.test.ts', '**/*.test-d.ts'],
    browser: {
      enabled: true,
      headless: false,
      ui: false,
      screenshotFailures: false,
      provider: firefox(found.path),
      instances: [{ browser: 'firefox' }],
    },
  },
})
