import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../scripts/root.ts'

/** Were they not the same, an install by an older Node would warn of each package that needs this one. */
test('dependencies are judged by the Node that the scripts run on', () => {
  const [, version] =
    /^nodeVersion: (.*)$/m.exec(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')) ?? []
  expect(version).toBe(process.versions.node)
})
