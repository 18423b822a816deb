import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { run } from '../../scripts/gate/run.ts'
import { root } from '../../scripts/root.ts'
import { blocksOf, type Block } from './blocks.ts'
import { compileVue } from './compile-vue.ts'

// Programs of their own, which a busy machine starts slowly.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const folder = join(root, 'packages/client/node_modules/.cache/readme')
const documents = [
  'README.md',
  ...globSync(['packages/*/README.md', 'docs/{*,migration/*}.md'], { cwd: root }),
]

beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  const compilerOptions = {
    types: ['node'],
    jsx: 'react-jsx',
    isolatedDeclarations: false,
    declaration: false,
    // Beside the folder, which does not stay: what a run before has found of our sources need not be looked for anew.
    incremental: true,
    tsBuildInfoFile: `${folder}.tsbuildinfo`,
  }
  const config = { extends: join(root, 'tsconfig.base.json'), compilerOptions, include: ['*.ts', '*.tsx'] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  for (const document of documents) {
    const name = document.replace(/\W/g, '-')
    for (const [index, block] of blocksOf(document).entries()) {
      // In the guides, what stands before the move is plain JavaScript on other packages.
      if (block.language === 'js') continue
      const { code, language } = await typeScriptOf(block)
      writeFileSync(join(folder, `${name}-${index}.${language}`), code)
    }
  }
})

afterAll(() => rmSync(folder, { recursive: true }))

test('the TypeScript of the README and the guides has no type error', async () => {
  expect(await run('tsc', ['-p', folder])).toEqual({ ok: true, output: '' })
})

async function typeScriptOf(block: Block): Promise<Pick<Block, 'code' | 'language'>> {
  return block.language === 'vue' ? { code: await compileVue(block.code), language: 'ts' } : block
}
