import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chatCut, serve, type Scenario, type Scenarios, type TestServer } from '@millrace/test-server'
import { pieces, question } from '../answer.ts'
import type { PageData } from './data.ts'

const here = import.meta.dirname

/** A server whose own pages may have it play scenarios, and break them off. */
export async function serveForPage(scenarios: Scenarios, port: number): Promise<TestServer> {
  const own = (origin: string) => origin === new URL(server.url).origin
  const server = await serve(scenarios, { port, control: true, origins: own })
  return server
}

/** The page and its files: each of them a scenario that says one thing. `every`: ms between two tokens. */
export async function pageScenarios(
  { control }: TestServer,
  every: number,
): Promise<Record<string, Scenario>> {
  if (control === null) throw new TypeError('The page needs the control routes of its server')
  const data: PageData = { question, control, answer: chatCut({ pieces, every, cuts: [] }) }
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

/** Says one thing, to whoever asks. */
export function saying(mediaType: string, text: string): Scenario {
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

/** A module and all that it imports, for a page. */
export async function bundle(entry: string): Promise<string> {
  const { build } = await import('esbuild')
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
