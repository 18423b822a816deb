import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'tsup'
import { expect, test } from 'vitest'
import { packageBuild } from '../../../tsup.base.ts'

const react = join(import.meta.dirname, '../src/react')
const sources = readdirSync(react).filter((name) => /^[^.]+\.ts$/.test(name))

// Rollup, Rolldown and Vite without React's plugin warn of every file that says it.
test.each(packageBuild)(
  "the built React binding says 'use client' at the top of its entry, and nowhere else (%#)",
  async (options) => {
    const outDir = mkdtempSync(join(tmpdir(), 'use-client-'))
    try {
      await build({ ...options, config: false, entry: sources.map((name) => join(react, name)), outDir })
      const built = readdirSync(outDir).filter((name) => /\.c?js$/.test(name))
      expect(built).toHaveLength(sources.length)
      // CommonJS has its own directive before it; React's may be anywhere among them.
      const saying = built.filter((name) =>
        /^("use strict";\n)?"use client";/.test(readFileSync(join(outDir, name), 'utf8')),
      )
      expect(saying).toEqual([expect.stringMatching(/^index\.c?js$/)])
    } finally {
      rmSync(outDir, { recursive: true })
    }
  },
)
