import { join } from 'node:path'
import type { TestServer } from '@millrace/test-server'
import { bundle, pageScenarios, saying, serveForPage } from '../page/scenarios.ts'

/** A server of the page and, on the same origin, of a visitor at `/visitor`. */
export async function serveVisitor(): Promise<TestServer> {
  const server = await serveForPage({}, 0)
  for (const [path, scenario] of Object.entries(await pageScenarios(server, 20))) server.add(path, scenario)
  const script = await bundle(join(import.meta.dirname, 'visitor.ts'))
  server.add('/visitor.js', saying('text/javascript', script))
  server.add('/visitor', saying('text/html', '<body><script type="module" src="/visitor.js"></script>'))
  return server
}
