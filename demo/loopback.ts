import { lastEventIdGet } from '@millrace/client'
import { chatCut, type TestServer } from '@millrace/test-server'
import { cutPiece, pieces, question } from './answer.ts'
import { ask } from './ask.ts'
import { explain } from './explain.ts'
import { pageScenarios, serveForPage } from './page/scenarios.ts'
import type { Screen } from './screen/screen.ts'
import { summary } from './summary.ts'
import { tally } from './tally.ts'

export interface LoopbackOptions {
  readonly once: boolean
  readonly port: number
}

/** Asks a server of our own that breaks the answer off, then serves the page. Resolves to the exit code. */
export async function runLoopback(
  { once, port }: LoopbackOptions,
  screen: Screen,
  signal: AbortSignal,
): Promise<number> {
  const server = await start(port)
  if (server === null) return 1
  try {
    const whole = await showCutAnswer(server, screen, signal)
    if (signal.aborted && !whole) return 130
    if (once) return whole ? 0 : 1
    for (const [path, scenario] of Object.entries(await pageScenarios(server, 45))) server.add(path, scenario)
    // The address on a line of its own: a narrow terminal would break it.
    screen.line('\nIn a browser, cut it where you like:')
    screen.line(`${new URL('/', server.url).href}  (Ctrl-C ends)`)
    await aborted(signal)
    return 0
  } finally {
    await server.close()
  }
}

/** Says it when it cannot be started. */
async function start(port: number): Promise<TestServer | null> {
  try {
    return await serveForPage({ '/answer': chatCut({ pieces, every: 6, cuts: [cutPiece] }) }, port)
  } catch (error) {
    console.error(explain(error, `http://127.0.0.1:${port}`))
    return null
  }
}

async function showCutAnswer(server: TestServer, screen: Screen, signal: AbortSignal): Promise<boolean> {
  screen.line(`${question}\n`)
  const options = {
    json: { question },
    until: '[DONE]',
    resume: lastEventIdGet,
    // Half of the default: somebody is looking on.
    retry: { initialDelay: 500 },
    signal,
  }
  const answered = await ask(server.url, options, 'choices.0.delta.content', screen)
  const sent = pieces.map((_, index) => String(index + 1))
  const counted = tally(sent, answered.ids)
  const { outcome } = answered
  // What was stopped was not sent to its end, so nothing of it is lost.
  for (const line of summary(answered, outcome.type === 'aborted' ? undefined : counted)) screen.line(line)
  if (outcome.type === 'complete') return counted.lost === 0 && counted.duplicated === 0
  if (outcome.type !== 'aborted') console.error(explain(outcome.error, server.url))
  return false
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
