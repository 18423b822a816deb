import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chatCut, type Scenario, type TestServer } from '@millrace/test-server'
import { build } from 'esbuild'
import { pieces, question } from '../answer.ts'
import type { PageData } from './data.ts'

const here = import.meta.dirname

/** The page and its files: each of them a scenario that says one thing. */
export async function pageScenarios({ control }: TestServer): Promise<Record<string, Scenario>> {
  if (control === null) throw new TypeError('The page needs the control routes of its server')
  const data: PageData = { question, control, answer: chatCut({ pieces, every: 45, cuts: [] }) }
  const [html, css, js] = await Promise.all([
    readFile(join(here, 'index.html'), 'utf8'),
    readFile(join(here, 'page.css'), 'utf8'),
    bundle(join(here, 'page.ts')),
  ])
  return {
    '/': saying(
      'text/html',
      html.replace('{{data}}', JSON.stringify(data).replaceAll('<', String.raw`\u003C`)),
    ),
    '/page.css': saying('text/css', css),
    '/page.js': saying('text/javascript', js),
  }
}

function saying(mediaType: string, text: string): Scenario {
  const headers = { 'content-type': `${mediaType}; charset=utf-8`, 'cache-control': 'no-store' }
  return {
    replies: [
      {
        steps: [
          { type: 'headers', headers },
          { type: 'text', text },
        ],
      },
    ],
  }
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    conditions: ['@millrace/source'],
    platform: 'browser',
    format: 'esm',
    bundle: true,
    write: false,
  })
  return outputFiles.map(({ text }) => text).join('')
}
