import type { BrowserProviderOption } from 'vitest/node'
import { defineConfig, type ViteUserConfig } from 'vitest/config'
import { bundledStories } from '../../packages/client/test/zone/command.ts'
import { expectedInTest } from '../support/reported-error.ts'

/** The client's tests that run in every environment, and those of pages, in a browser that is installed. */
export function inInstalledBrowser(
  browser: 'firefox' | 'webkit',
  provider: BrowserProviderOption,
  setupFiles: string[] = [],
): ViteUserConfig {
  return defineConfig({
    resolve: { conditions: ['@millrace/source', 'module', 'browser', 'development|production'] },
    environments: {
      __vitest__: { resolve: { conditions: ['@millrace/source', 'node', 'development|production'] } },
    },
    test: {
      globalSetup: ['./test/setup/test-server.ts'],
      setupFiles,
      testTimeout: 30_000,
      expect: { poll: { timeout: 20_000 } },
      onUnhandledError: ({ message }) => message !== expectedInTest,
      include: ['packages/{parser,client}/{src,test}/**/*.test.ts'],
      exclude: ['**/*.node.test.ts', '**/*.test-d.ts'],
      browser: {
        enabled: true,
        headless: false,
        ui: false,
        screenshotFailures: false,
        commands: { bundledStories },
        provider,
        instances: [{ browser }],
      },
    },
  })
}
