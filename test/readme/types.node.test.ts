import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../../scripts/gate/run.ts'
import { root } from '../../scripts/root.ts'
import { readmeBlocks, type Block } from './blocks.ts'
import { compileVue } from './compile-vue.ts'

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
  for (const [index, block] of readmeBlocks().entries()) {
    const { code, language } = typeScriptOf(block)
    writeFileSync(join(folder, `block-${index}.${language}`), code)
  }
})

afterAll(() => rmSync(folder, { recursive: true }))

test('the TypeScript of the README has no type error', async () => {
  expect(await run('tsc', ['-p', folder])).toEqual({ ok: true, output: '' })
})

function typeScriptOf(block: Block): Pick<Block, 'code' | 'language'> {
  return block.language === 'vue' ? { code: compileVue(block.code), language: 'ts' } : block
}
