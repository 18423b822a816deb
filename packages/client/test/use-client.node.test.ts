import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'tsup'
import { expect, test } from 'vitest'
import { packageBuild } from '../../../tsup.base.ts'

const react = join(import.meta.dirname, '../src/react')
const sources = readdirSync(react).filter((name) => /^[^.]+\.ts$/.test(name))

test.each(packageBuild)(
  "the built React binding keeps 'use client' at the top of each file (%#)",
  async (options) => {
    const outDir = mkdtempSync(join(tmpdir(), 'use-client-'))
    try {
      await build({ ...options, config: false, entry: sources.map((name) => join(react, name)), outDir })
      const built = readdirSync(outDir).filter((name) => /\.c?js$/.test(name))
      expect(built).toHaveLength(sources.length)
      for (const name of built) {
        // CommonJS has its own directive before it; React's may be anywhere among them.
        expect(readFileSync(join(outDir, name), 'utf8')).toMatch(/^("use strict";\n)?"use client";/)
      }
    } finally {
      rmSync(outDir, { recursive: true })
    }
  },
)
