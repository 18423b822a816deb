import type { Exchange } from '../journal/records.ts'
import { library, named } from '../library/index.ts'
import { serve, type Scenarios, type TestServer } from '../socket/serve.ts'
import { escapeControls } from './escape.ts'
import { indexPage } from './index-page.ts'
import { loadScenario } from './load.ts'
import { HELP, parseCommand, type Command, type ServeFlags } from './options.ts'

/** What the command has of the outside. */
export interface World {
  readonly args: readonly string[]
  /** Writes one line. */
  readonly say: (line: string) => void
  readonly complain: (line: string) => void
  /** Lines typed on standard input. */
  readonly lines: () => AsyncIterable<string>
  readonly openBrowser: (url: string) => void
  /** Aborts when the user wants it to end. */
  readonly signal: AbortSignal
}

/** Runs the command to its end; gives the exit code: 0, or 1 after saying in one sentence what is wrong. */
export async function main(world: World): Promise<number> {
  try {
    await carryOut(parseCommand(world.args), world)
    return 0
  } catch (error) {
    world.complain(escapeControls(sentenceOf(error)))
    return 1
  }
}

async function carryOut(command: Command, world: World): Promise<void> {
  switch (command.type) {
    case 'help':
      return world.say(HELP.trimEnd())
    case 'list':
      return list(world)
    case 'serve':
      return play(command.what, command.options, world)
  }
}

function list({ say }: World): void {
  const width = Math.max(...library.map(({ name }) => name.length))
  for (const { name, about } of library) say(`${name.padEnd(width)}  ${about}`)
}

async function play(what: string | null, flags: ServeFlags, world: World): Promise<void> {
  const { port, host, origins, control } = flags
  const scenarios = await scenariosFor(what, flags)
  await using server = await serve(scenarios, {
    port,
    host,
    origins,
    control,
    observe: (exchange, path) => tell(exchange, path, world),
  })
  announce(server, what, flags, world)
  if (flags.open) world.openBrowser(server.url)
  if (flags.stdin) await pushLines(server, world)
  await ended(world.signal)
}

async function scenariosFor(what: string | null, { stdin }: ServeFlags): Promise<Scenarios> {
  if (stdin) return named('stdin').scenario
  if (what !== null) return loadScenario(what)
  const all = Object.fromEntries(library.map(({ name, scenario }) => [`/${name}`, scenario]))
  return { '/': indexPage(library), ...all }
}

function announce(
  server: TestServer,
  what: string | null,
  { host, stdin }: ServeFlags,
  { say }: World,
): void {
  say(`${stdin ? 'Lines from standard input' : (what ?? `${library.length} scenarios`)} at ${server.url}`)
  if (server.control !== null)
    say(`Control routes at ${server.control.url} with the token ${server.control.token}`)
  if (!['127.0.0.1', 'localhost', '::1'].includes(host))
    say(`Warning: ${host} may be reached from other machines.`)
}

/** One line a request, one for its end. */
function tell({ request, state, status, bytes }: Exchange, path: string, { say }: World): void {
  const who = `${path} #${request.number}`
  if (state !== 'open') say(`${who} ${WORDS[state]} after ${bytes} bytes`)
  else if (status === null) {
    const resumed = request.lastEventId === null ? '' : ` after ${JSON.stringify(request.lastEventId)}`
    say(escapeControls(`${who} ${request.method} ${request.url}${resumed}`))
  }
}

const WORDS: { readonly [State in Exclude<Exchange['state'], 'open'>]: string } = {
  end: 'ended',
  reset: 'reset',
  fin: 'closed inside the message',
  aborted: 'left by the client',
  dropped: 'dropped by a limit',
}

async function pushLines(server: TestServer, { lines, signal }: World): Promise<void> {
  for await (const line of lines()) {
    if (signal.aborted) return
    server.publish('stdin', { data: line })
  }
  server.endChannel('stdin')
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'EADDRINUSE') return 'The port is taken; --port 0 finds a free one.'
  if (code === 'EACCES') return 'This port needs more rights; --port 0 finds a free one.'
  if (NO_HOST.has(code)) return `--host takes a name or an address of this machine (${code}).`
  // Node goes on about a stray argument, in several sentences and lines, and the first says what is wrong.
  if (code.startsWith('ERR_PARSE_ARGS_')) return `${error.message.split(/\.(?:\s|$)/)[0]}: see --help.`
  return error.message
}

/** What a name that cannot be found, or an address of another machine, makes of listening. */
const NO_HOST: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTAVAIL'])
