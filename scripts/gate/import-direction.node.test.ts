import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { root } from '../root.ts'
import { run } from './run.ts'

/** Samples are written under these paths in a folder of their own, with the project's lint rules. */
const forbidden = {
  'packages/parser/src/network.ts': `import { x } from 'node:net'`,
  'packages/parser/src/client.ts': `import { x } from '@millrace/client'`,
  'packages/client/src/core/io.ts': `import { x } from '../io/clock.ts'`,
  'packages/client/src/core/connection/deep.ts': `import { x } from '../../io/clock.ts'`,
  'packages/client/src/core/types.ts': `import { type x as X } from '../api/options.ts'; const x = {} as X`,
  'packages/client/src/core/re-export.ts': `export { z } from '../platform/node.ts'; const x = 1`,
  'packages/client/src/core/parser.ts': `import { x } from '@millrace/parser'`,
  'packages/client/src/core/platform.ts': `import { x } from '#platform'`,
  'packages/client/src/core/date.ts': `const x = Date.now()`,
  'packages/client/src/core/chance.ts': `const x = Math.random()`,
  'packages/client/src/io/api.ts': `import { x } from '../api/event-source.ts'`,
  'packages/client/src/platform/react.ts': `import { x } from '../react/index.ts'`,
  'packages/client/src/api/react.ts': `import { x } from '../react/index.ts'`,
  'packages/client/src/api/protocols.ts': `import { x } from '../protocols/index.ts'`,
  'packages/client/src/api/decode/stream.ts': `import { type x as X } from '../stream/outcome.ts'; const x = {} as X`,
  'packages/client/src/api/decode/react.ts': `import { x } from '../../react/index.ts'`,
  'packages/client/src/api/resume/store.ts': `import { x } from '../store/event-store.ts'`,
  'packages/client/src/api/errors/stream.ts': `import { x } from '../stream/outcome.ts'`,
  'packages/client/src/api/request/store.ts': `import { x } from '../store/event-store.ts'`,
  'packages/client/src/api/stream/collect.ts': `import { x } from '../collect/collect.ts'`,
  'packages/client/src/api/event-source/store.ts': `import { x } from '../store/event-store.ts'`,
  'packages/client/src/core/adapters.ts': `import { x } from '../adapters/index.ts'`,
  'packages/client/src/io/adapters.ts': `import { x } from '../adapters/index.ts'`,
  'packages/client/src/api/adapters.ts': `import { x } from '../adapters/index.ts'`,
  'packages/client/src/api/stream/adapters.ts': `import { x } from '../../adapters/index.ts'`,
  'packages/client/src/protocols/io.ts': `import { x } from '../io/body.ts'`,
  'packages/client/src/protocols/openai/io.ts': `import { x } from '../../io/body.ts'`,
  'packages/client/src/react/io.ts': `import { x } from '../io/body.ts'`,
  'packages/client/src/react/vue.ts': `import { x } from '../vue/index.ts'`,
  'packages/client/src/vue/react.ts': `import { x } from '../react/index.ts'`,
  'packages/client/src/compat/io.ts': `import { x } from '../io/body.ts'`,
  'packages/client/src/compat/adapters.ts': `import { x } from '../adapters/index.ts'`,
  'packages/client/src/adapters/core.ts': `import { x } from '../core/request.ts'`,
  'packages/client/src/adapters/protocols.ts': `import { x } from '../protocols/index.ts'`,
  'packages/client/src/react/adapters.ts': `import { x } from '../adapters/index.ts'`,
  'packages/test-server/src/client.ts': `import { x } from '@millrace/client/testing'`,
  'packages/client/src/testing/vue.ts': `import { x } from '../vue/index.ts'`,
}
const allowed = {
  'packages/parser/src/inside.ts': `import { x } from './lines.ts'`,
  'packages/parser/src/oracle.test.ts': `import { x } from 'node:fs'`,
  'packages/client/src/core/connection/beside.ts': `import { x } from '../request.ts'`,
  'packages/client/src/core/link.test.ts': `import { x } from 'node:timers'`,
  'packages/client/src/io/core.ts': `import { x } from '../core/index.ts'`,
  'packages/client/src/io/parser.ts': `import { x } from '@millrace/parser'`,
  'packages/client/src/api/io.ts': `import { x } from '../io/driver.ts'`,
  'packages/client/src/api/stream/decode.ts': `import { x } from '../decode/decode.ts'`,
  'packages/client/src/api/store/stream.ts': `import { x } from '../stream/fetch-event-stream.ts'`,
  'packages/client/src/protocols/core.ts': `import { type x as X } from '../core/event.ts'; const x = {} as X`,
  'packages/client/src/react/api.ts': `import { x } from '../api/event-store.ts'`,
  'packages/client/src/vue/api.ts': `import { x } from '../api/event-store.ts'`,
  'packages/client/src/adapters/api.ts': `import { x } from '../api/options.ts'`,
  'packages/client/src/testing/io.ts': `import { x } from '../io/clock.ts'`,
  'packages/test-server/src/parser.ts': `import { x } from '@millrace/parser/encode'`,
}

const findings = new Set<string>()

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-imports-'))
  copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  for (const [path, code] of Object.entries({ ...forbidden, ...allowed })) {
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    writeFileSync(join(folder, path), `${code}\nexport const y = [x]\n`)
  }
  const { output } = await run('oxlint', ['--format', 'json'], folder)
  for (const { filename } of JSON.parse(output).diagnostics) findings.add(filename)
  rmSync(folder, { recursive: true })
})

test.each(Object.entries(forbidden))('lint refuses, in %s, %s', (path) => {
  expect(findings).toContain(path)
})

test.each(Object.entries(allowed))('lint allows, in %s, %s', (path) => {
  expect(findings).not.toContain(path)
})
