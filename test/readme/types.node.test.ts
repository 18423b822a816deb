import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../../scripts/gate/run.ts'
import { root } from '../../scripts/root.ts'
import { readmeBlocks } from './blocks.ts'

const folder = join(root, 'packages/client/node_modules/.cache/readme')

beforeAll(() => {
  mkdirSync(folder, { recursive: true })
  const compilerOptions = {
    types: ['node'],
    jsx: 'react-jsx',
    isolatedDeclarations: false,
    declaration: false,
  }
  const config = { extends: join(root, 'tsconfig.base.json'), compilerOptions, include: ['*.ts', '*.tsx'] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  readmeBlocks()
    .filter(({ language }) => language.startsWith('ts'))
    .forEach(({ code, language }, index) => writeFileSync(join(folder, `block-${index}.${language}`), code))
})

afterAll(() => rmSync(folder, { recursive: true }))

test('the TypeScript of the README has no type error', async () => {
  expect(await run('tsc', ['-p', folder])).toEqual({ ok: true, output: '' })
})
