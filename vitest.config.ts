import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { servedVisitor } from './demo/test/command.ts'
import { svelte } from './integration/frameworks/svelte-plugin.ts'
import { chromium } from './scripts/system/chromium.ts'
import { find } from './scripts/system/find.ts'
import { isFull } from './scripts/test/full.ts'
import { chromium as chromiumPages } from './test/chromium/provider.ts'
import { bundledStories } from './packages/client/test/zone/command.ts'
import { bundledBlock } from './test/readme/command.ts'
import { ProjectOrder } from './test/setup/project-order.ts'
import { v8Flags } from './test/setup/v8-flags.ts'
import { expectedInTest } from './test/support/reported-error.ts'
import { thisMachine } from './scripts/system/this-machine.ts'

/**
 * Which environments a test file runs in is in its name:
 *   x.test.ts          Node, happy-dom and Chromium
 *   x.node.test.ts     Node only
 *   x.dom.test.ts(x)   happy-dom and Chromium
 *   x.browser.test.ts  Chromium only
 */
const everywhere = [
  'packages/*/src/**/*.test.{ts,tsx}',
  'packages/*/test/**/*.test.{ts,tsx}',
  '{scripts,demo,test}/**/*.test.ts',
  'benchmarks/*/*.test.ts',
]
const only = (kind: string) => everywhere.map((glob) => glob.replace('.test.', `.${kind}.test.`))
const source = ['@millrace/source']
/** Prepared before the browser starts: a dependency that is found later makes the page load anew, in the middle of tests. */
const frameworks = [
  'react',
  'react/jsx-dev-runtime',
  'react-dom',
  'react-dom/client',
  'react-dom/server',
  'vue',
  'vue/server-renderer',
].map((name) => `@millrace/client > ${name}`)
/** Said once, when they are prepared: else each run looks for it through all of React anew. */
const asInTests = { 'process.env.NODE_ENV': JSON.stringify('test') }
/** The hooks' tests run once more on the React before. */
const react18 = ['react', 'react-dom'].map((name) => ({
  find: new RegExp(`^${name}(?=/|$)`),
  replacement: join(import.meta.dirname, 'integration/react-18/node_modules', name),
}))
const browser = find(chromium, thisMachine())

export default defineConfig({
  resolve: { conditions: [...source, 'module', 'browser', 'development|production'] },
  // The environment that global setup files are loaded in, also for browser projects.
  environments: {
    __vitest__: { resolve: { conditions: [...source, 'node', 'development|production'] } },
  },
  test: {
    globalSetup: ['./test/setup/test-server.ts'],
    provide: { full: isFull([], process.env) },
    // One process, window or page for all files of a worker: making one for each took longer than the tests.
    isolate: false,
    // A shared CI machine stands still for seconds at times; what is broken fails three times in a row.
    retry: process.env['CI'] ? 2 : 0,
    // A test waits for conditions; how long that takes on a busy machine says nothing.
    testTimeout: 30_000,
    expect: { poll: { timeout: 20_000 } },
    // A listener that throws on purpose, to show that its error is reported.
    onUnhandledError: ({ message }) => message !== expectedInTest,
    // A file whose tests are concurrent has a reason to: they wait for time to pass.
    maxConcurrency: 20,
    // By default one less than there are cores; here most of the time is spent waiting for sockets and processes.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    // Two files need a collection of garbage. A flag that is set later makes V8 refuse all that was compiled without it.
    execArgv: ['--expose-gc', ...v8Flags(process.env, process.execArgv)],
    sequence: { sequencer: ProjectOrder },
    projects: [
      {
        extends: true,
        resolve: { conditions: [...source, 'node', 'development|production'] },
        ssr: { resolve: { conditions: [...source, 'node', 'development|production'] } },
        test: {
          name: 'node',
          environment: 'node',
          include: [...everywhere, 'integration/sdks/*.node.test.ts'],
          exclude: [...only('dom'), ...only('browser')],
        },
      },
      {
        extends: true,
        plugins: [svelte],
        ssr: { resolve: { conditions: [...source, 'browser', 'development|production'] } },
        test: {
          name: 'happy-dom',
          // Their entries for Node render on a server.
          server: { deps: { inline: [/\/node_modules\/(svelte|solid-js)\//] } },
          environment: 'happy-dom',
          environmentOptions: { happyDOM: { settings: { fetch: { disableSameOriginPolicy: true } } } },
          include: [...everywhere, 'integration/frameworks/*.test.{ts,tsx}'],
          exclude: [...only('node'), ...only('browser')],
        },
      },
      {
        extends: true,
        resolve: { alias: react18 },
        ssr: { resolve: { conditions: [...source, 'browser', 'development|production'] } },
        test: {
          name: 'react-18',
          environment: 'happy-dom',
          environmentOptions: { happyDOM: { settings: { fetch: { disableSameOriginPolicy: true } } } },
          include: ['integration/react-18/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'examples',
          environment: 'node',
          include: ['examples/*/*.example.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        optimizeDeps: { include: frameworks, rolldownOptions: { transform: { define: asInTests } } },
        test: {
          name: 'chromium',
          include: everywhere,
          exclude: only('node'),
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            commands: { bundledBlock, bundledStories, servedVisitor },
            provider: chromiumPages(browser.type === 'found' ? browser.path : 'chromium'),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
