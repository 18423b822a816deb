import { equal } from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { fromNpm } from './from-npm.ts'

/** The newest Hermes that can be run without a phone; React Native's own Babel preset, for engines as old as that. */
const packages = [
  'hermes-engine-cli@0.12.0',
  '@react-native/babel-preset@0.88.1',
  '@babel/core@7',
  'abort-controller@3.0.0',
  'event-target-shim@6.0.2',
  'whatwg-fetch@3.6.20',
]

const folders: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux64-bin',
  darwin: 'osx-bin',
  win32: 'win64-bin',
}

interface Babel {
  transformSync(code: string, options: object): { readonly code: string }
}

/** Runs a module in Hermes, made as Metro makes it. It says `passed` at its end. */
export function testInHermes(entry: string): void {
  const modules = fromNpm('hermes-0.12.0', packages)
  const load = createRequire(join(modules, 'hermes.cjs'))
  const babel: Babel = load('@babel/core')
  const folder = mkdtempSync(join(tmpdir(), 'millrace-hermes-'))
  try {
    const { outputFiles } = buildSync({
      entryPoints: [entry],
      bundle: true,
      format: 'iife',
      platform: 'neutral',
      conditions: ['react-native'],
      mainFields: ['main'],
      nodePaths: [modules],
      // Metro leaves nothing out.
      ignoreAnnotations: true,
      write: false,
      logLevel: 'error',
    })
    const presets = [
      [
        load.resolve('@react-native/babel-preset'),
        { unstable_transformProfile: 'default', enableBabelRuntime: false },
      ],
    ]
    const bundle = outputFiles.map(({ text }) => text).join('')
    const { code } = babel.transformSync(bundle, {
      presets,
      babelrc: false,
      configFile: false,
      compact: false,
    })
    const script = join(folder, 'bundle.js')
    writeFileSync(script, code)
    const command = join(modules, 'hermes-engine-cli', folders[process.platform] ?? '', 'hermes')
    const said = execFileSync(command, ['-w', '-Xmicrotask-queue', script], {
      encoding: 'utf8',
      timeout: 60_000,
    })
    equal(said.trim(), 'passed')
  } finally {
    rmSync(folder, { recursive: true })
  }
}
