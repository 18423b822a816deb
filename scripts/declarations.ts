/**
 * Runs in a package's folder after tsup: declarations by TypeScript 7 (which has no compiler API for
 * tsup's own), once for ES modules, copied for CommonJS. A package.json in dist/cjs gives that folder
 * its module type, so the same files serve both.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'

execFileSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' })
cpSync('dist/esm', 'dist/cjs', { recursive: true, filter: (path) => !/\.js(\.map)?$/.test(path) })

const { imports } = JSON.parse(readFileSync('package.json', 'utf8'))
const scope = { type: 'commonjs', sideEffects: false, imports }
writeFileSync('dist/cjs/package.json', JSON.stringify(scope, null, 2).replaceAll('./dist/esm/', './'))
