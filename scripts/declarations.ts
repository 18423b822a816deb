/**
 * Runs in a package's folder after tsup: declarations by TypeScript 7 (which has no compiler API for
 * tsup's own), made once, then given to both formats.
 */
import { execFileSync } from 'node:child_process'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { withExtension } from './relative-imports.ts'

execFileSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' })
for (const path of globSync('dist/esm/**/*.d.ts')) {
  const declarations = readFileSync(path, 'utf8')
  const forRequire = path.replace('dist/esm', 'dist/cjs').replace(/\.d\.ts$/, '.d.cts')
  writeFileSync(path, withExtension(declarations, '.js'))
  writeFileSync(forRequire, withExtension(declarations, '.cjs'))
}
