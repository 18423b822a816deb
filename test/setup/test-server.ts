import { serve } from '@millrace/test-server'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Control routes of the test server that runs beside the tests. */
    controlUrl: string
    controlToken: string
    /** See scripts/test/full.ts. */
    full: boolean
  }
}

/** One test server for all tests of a project, wherever they run; they play scenarios over its control routes. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await serve({}, { control: true, origins: isTestPage, limits: { connections: 1024 } })
  if (server.control === null) throw new TypeError('The test server was started without control routes.')
  project.provide('controlUrl', server.control.url)
  project.provide('controlToken', server.control.token)
  return () => server.close()
}

/** Pages of vitest's browser runner are on a loopback origin with a port of its choice. */
function isTestPage(origin: string): boolean {
  return /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/.test(origin)
}
