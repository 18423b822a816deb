import { parseArgs } from 'node:util'
import { isOrigin } from '../socket/cors.ts'

/** What the command was asked to do. */
export type Command =
  | { readonly type: 'help' }
  | { readonly type: 'list' }
  | { readonly type: 'serve'; readonly what: string | null; readonly options: ServeFlags }

export interface ServeFlags {
  readonly port: number
  readonly host: string
  readonly open: boolean
  readonly stdin: boolean
  /** A token of the caller's own, or true for a random one. */
  readonly control: boolean | string
  readonly origins: readonly string[]
}

export const HELP = `millrace-test-server [scenario] [options]

  Plays a scenario over HTTP on this machine: a name from the library, a .json
  file, or a recorded .sse file. Without one: the whole library, one path each.

  --list           names of the library, with the fact each reproduces
  --stdin          sends each line typed here to everyone who is connected
  --port <n>       default 0: any free port
  --host <name>    default 127.0.0.1
  --origin <o>     lets pages of this origin read replies; may be repeated
  --control        lets programs play scenarios over HTTP, by a printed token
  --token <t>      the same, by a token of your own, which other programs know
  --open           opens the address in the browser
  --help           this text
`

/** @throws {TypeError} that says what is wrong with the arguments */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      list: { type: 'boolean', default: false },
      stdin: { type: 'boolean', default: false },
      port: { type: 'string', default: '0' },
      host: { type: 'string', default: '127.0.0.1' },
      origin: { type: 'string', multiple: true, default: [] },
      control: { type: 'boolean', default: false },
      token: { type: 'string' },
      open: { type: 'boolean', default: false },
    },
  })
  if (values.help) return { type: 'help' }
  if (values.list) return { type: 'list' }
  const [what = null, ...rest] = positionals
  if (rest.length > 0) throw new TypeError(`One scenario at a time: ${rest.join(' ')} is too much.`)
  if (what !== null && values.stdin)
    throw new TypeError('--stdin brings its own scenario; leave the name out.')
  const { host, open, stdin, token } = values
  if (token === '') throw new TypeError('--token takes a token, not an empty one.')
  const control = token ?? values.control
  return {
    type: 'serve',
    what,
    options: { port: portOf(values.port), host, open, stdin, control, origins: values.origin.map(originOf) },
  }
}

function portOf(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new TypeError(`--port takes a number from 0 to 65535, not ${JSON.stringify(text)}.`)
}

function originOf(text: string): string {
  if (isOrigin(text)) return text
  throw new TypeError(
    `--origin takes an origin as browsers write it (http://localhost:5173), not ${JSON.stringify(text)}.`,
  )
}
