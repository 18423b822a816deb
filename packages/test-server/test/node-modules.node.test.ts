import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'tsup'
import { expect, test } from 'vitest'
import { packageBuild } from '../../../tsup.base.ts'

const source = join(import.meta.dirname, '../src/socket/listen.ts')

// Without it a bundler looks for packages of these names, and workers that have Node's modules have them under no other.
test.each(packageBuild)("what is built names Node's modules with their prefix (%#)", async (options) => {
  const outDir = mkdtempSync(join(tmpdir(), 'node-modules-'))
  try {
    await build({ ...options, config: false, entry: [source], outDir })
    const built = readdirSync(outDir).find((name) => /\.c?js$/.test(name)) ?? ''
    const names = readFileSync(join(outDir, built), 'utf8').match(
      /(?<=from |require\()"(?:node:)?http[s2]?"/g,
    )
    expect(names?.toSorted()).toEqual(['"node:http"', '"node:http2"', '"node:https"'])
  } finally {
    rmSync(outDir, { recursive: true })
  }
})
