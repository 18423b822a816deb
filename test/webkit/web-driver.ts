import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { WebKitPrograms } from '../../scripts/system/webkit.ts'

/** The key of an element's ID in WebDriver's answers. */
const elementKey = 'element-6066-11e4-a52e-4f735466cecf'
/** As WebDriver writes the key. */
export const enter = '\uE007'

/** A WebKit with one page, by the commands of WebDriver (w3.org/TR/webdriver2) that the tests need. */
export class WebKit implements AsyncDisposable {
  readonly #processes: readonly ChildProcess[]
  readonly #session: string

  private constructor(processes: readonly ChildProcess[], session: string) {
    this.#processes = processes
    this.#session = session
  }

  static async open(programs: WebKitPrograms): Promise<WebKit> {
    const screen = spawn(programs.display, ['-displayfd', '3', '-screen', '0', '1200x900x24'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    const processes = [screen]
    try {
      const [number] = (await once(screen.stdio[3] ?? screen, 'data')) as [Buffer]
      const port = await freePort()
      const env = { ...process.env, DISPLAY: `:${String(number).trim()}` }
      processes.push(spawn(programs.driver, [`--port=${port}`], { env, stdio: 'ignore' }))
      const url = `http://127.0.0.1:${port}`
      await ready(url)
      const options = { binary: programs.browser, args: ['--automation'] }
      const alwaysMatch = { 'webkitgtk:browserOptions': options, timeouts: { implicit: 10_000 } }
      const { sessionId } = (await command('POST', `${url}/session`, { capabilities: { alwaysMatch } })) as {
        sessionId: string
      }
      return new WebKit(processes, `${url}/session/${sessionId}`)
    } catch (error) {
      await end(processes)
      throw error
    }
  }

  async goTo(url: string): Promise<void> {
    await command('POST', `${this.#session}/url`, { url })
  }

  /** Keys go to the first element that matches, once there is one. */
  async type(selector: string, text: string): Promise<void> {
    const found = await command('POST', `${this.#session}/element`, {
      using: 'css selector',
      value: selector,
    })
    const id = String(Reflect.get(Object(found), elementKey))
    await command('POST', `${this.#session}/element/${id}/value`, { text })
  }

  /** The text of the first element that matches, or nothing. */
  async text(selector: string): Promise<string> {
    const script = 'return document.querySelector(arguments[0])?.textContent ?? ""'
    return String(await command('POST', `${this.#session}/execute/sync`, { script, args: [selector] }))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await command('DELETE', this.#session).catch(() => {})
    await end(this.#processes)
  }
}

async function command(method: string, url: string, body?: object): Promise<unknown> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
  const response = await fetch(url, init)
  const { value } = (await response.json()) as { value: unknown }
  if (!response.ok) throw new TypeError(`WebDriver: ${JSON.stringify(value)}`)
  return value
}

async function ready(url: string): Promise<void> {
  for (const end = performance.now() + 20_000; performance.now() < end; await sleep(50)) {
    if (await fetch(`${url}/status`).catch(() => null)) return
  }
  throw new TypeError(`No WebDriver answers at ${url}`)
}

async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** The driver ends the browser; the display goes last. */
async function end(processes: readonly ChildProcess[]): Promise<void> {
  for (const process of processes.toReversed()) {
    if (process.exitCode !== null || process.signalCode !== null) continue
    process.kill()
    await once(process, 'exit')
  }
}
