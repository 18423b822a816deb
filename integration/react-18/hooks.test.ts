import { version } from 'react'
import { version as domVersion } from 'react-dom'
import { expect, test } from 'vitest'

declare global {
  interface ImportMeta {
    /** Vite's, as far as it is used here. */
    glob<Module>(pattern: string, options: object): Record<string, Module>
  }
}

/** The tests of the hooks, which stand here as in one file: each by itself would take a process with a window. */
const hooks = import.meta.glob('../../packages/client/src/react/*.dom.test.tsx', { eager: true })

test("the hooks' tests run on the first React 18", () => {
  expect([version, domVersion]).toEqual([expect.stringMatching(/^18\.0\.0-/), version])
  expect(Object.keys(hooks)).not.toEqual([])
})
