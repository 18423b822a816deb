import { test as base, type TestAPI } from 'vitest'
import type { Scenario } from './scenario/types.ts'
import { serve, type ServeOptions, type TestServer } from './socket/serve.ts'

/** Starts a server that lives as long as the test. */
export type ServeForTest = (scenario: Scenario, options?: ServeOptions) => Promise<TestServer>

/** What the fixture gives to a test. */
export interface ServerFixture {
  readonly serve: ServeForTest
}

/**
 * Vitest's `test` with a `serve` whose servers are closed when the test is over, passed or not.
 *
 * @example
 * import { test } from '@millrace/test-server/vitest'
 * test('reconnects', async ({ serve }) => {
 *   const server = await serve(scenario([{ type: 'reset' }], [{ type: 'event', data: 'back' }]))
 * })
 */
export const test: TestAPI<ServerFixture> = base.extend<ServerFixture>({
  serve: async ({ onTestFinished }, use) => {
    await use(async (scenario, options) => {
      const server = await serve(scenario, options)
      onTestFinished(() => server.close())
      return server
    })
  },
})
