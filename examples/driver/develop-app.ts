import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type Plugin } from 'vite'
import { vi } from 'vitest'
import type { ServedApp } from './serve-app.ts'

/** An example as its author has it: under `vite dev`, in a folder of its own, so that its files may be edited. */
export interface DevelopedApp extends ServedApp {
  /** What is looked for has to be there. Waits for the page to listen, and for the server to notice. */
  edit(file: string, from: string, to: string): Promise<void>
  readonly api: Api
}

const within = { timeout: 20_000, interval: 100 }

/** What the backend was asked. */
interface Api {
  /** Methods, in order. */
  readonly asked: readonly string[]
  /** Replies without an end yet, and with a client that waits for it. */
  readonly open: number
}

/** `files` are put in place of the example's, and its backend is one that counts. */
export async function developApp(
  root: string,
  files: Readonly<Record<string, string>>,
): Promise<DevelopedApp> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-developed-'))
  const isCopied = (path: string) => !/^\/(?:node_modules\b|dist\b|tsconfig)/.test(path.slice(root.length))
  cpSync(root, folder, { recursive: true, filter: isCopied })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
  const { plugin, api } = counting()
  const server = await createServer({
    root: folder,
    logLevel: 'warn',
    plugins: [plugin],
    cacheDir: join(root, 'node_modules/.cache/vite-developed'),
    // Its packages are behind links, outside the folder.
    server: { port: 0, host: '127.0.0.1', fs: { strict: false } },
  })
  await server.listen()
  return {
    url: server.resolvedUrls?.local[0] ?? '',
    api,
    edit: async (file, from, to) => {
      const path = join(folder, file)
      const text = readFileSync(path, 'utf8')
      if (!text.includes(from)) throw new RangeError(`${file} does not say ${from}`)
      await vi.waitUntil(() => server.ws.clients.size > 0, within)
      let noticed = false
      const notice = (changed: string) => void (noticed ||= changed === path)
      server.watcher.on('change', notice)
      // Written again until it is noticed: Vite's watcher drops a change that follows another within 50 ms.
      await vi.waitUntil(() => noticed || void writeFileSync(path, text.replaceAll(from, to)), within)
      server.watcher.off('change', notice)
    },
    [Symbol.asyncDispose]: async () => {
      await server.close()
      rmSync(folder, { recursive: true })
    },
  }
}

function counting(): { readonly plugin: Plugin; readonly api: Api } {
  const asked: string[] = []
  const open = new Set<object>()
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    asked.push(request.method ?? '')
    open.add(response)
    response.on('close', () => open.delete(response))
    count(request, response)
  }
  return {
    plugin: {
      name: 'counting-api',
      enforce: 'pre',
      configureServer: ({ middlewares }) => void middlewares.use('/api', handle),
    },
    api: {
      asked,
      get open() {
        return open.size
      },
    },
  }
}

/** Fifty numbers a second after what Last-Event-ID says: up to the query's and `[DONE]`, or without an end. */
function count(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  const last = Number(request.url?.split('?')[1] ?? Infinity)
  let n = Number(request.headers['last-event-id'] ?? 0)
  const timer = setInterval(() => {
    if (n >= last) response.end('data: [DONE]\n\n')
    else response.write(`id: ${++n}\ndata: ${n}\n\n`)
  }, 20)
  response.on('close', () => clearInterval(timer))
}
