import { parseArgs } from 'node:util'

/** An endpoint of somebody's, and how to ask it. */
export interface Endpoint {
  readonly url: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Sent over POST; without it the request is a GET. */
  readonly json?: unknown
  readonly until?: string
  readonly pick?: string
}

export type Arguments =
  | { readonly type: 'help' }
  | { readonly type: 'loopback'; readonly once: boolean; readonly port: number }
  | { readonly type: 'endpoint'; readonly endpoint: Endpoint }
  | { readonly type: 'invalid'; readonly message: string }

export const usage = `Usage:
  pnpm start [--once] [--port <number>]
      An answer over POST from a server on this machine, cut in the middle; then the same in a page.
      --once   exit after the summary
  pnpm start --url <endpoint> [--header '<name>: <value>']... [--json '<body>']
             [--until '<data>'] [--pick <path>]
      The same against a real endpoint: POST with --json, else GET.
      --until  the data that ends a whole answer, as in '[DONE]'
      --pick   where the text is in an event's JSON, as in choices.0.delta.content`

const options = {
  help: { type: 'boolean', short: 'h' },
  once: { type: 'boolean' },
  port: { type: 'string' },
  url: { type: 'string' },
  header: { type: 'string', multiple: true },
  json: { type: 'string' },
  until: { type: 'string' },
  pick: { type: 'string' },
} as const

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values']

/** Arguments that make no sense together, or in themselves. */
class ArgumentError extends TypeError {}

export function parseArguments(args: readonly string[]): Arguments {
  try {
    const { values } = parseArgs({ args: [...args], options })
    if (values.help) return { type: 'help' }
    return values.url === undefined ? loopback(values) : endpoint(values, values.url)
  } catch (error) {
    return { type: 'invalid', message: `${sentence(error)}.` }
  }
}

function loopback({ once = false, port = '0', ...rest }: Values): Arguments {
  const [stray] = Object.keys(rest)
  if (stray !== undefined) throw new ArgumentError(`--${stray} needs --url <endpoint>`)
  if (!/^\d+$/.test(port) || Number(port) > 65_535) {
    throw new ArgumentError(`--port is a number up to 65535, not ${JSON.stringify(port)}`)
  }
  return { type: 'loopback', once, port: Number(port) }
}

function endpoint({ header = [], json, until, pick, port }: Values, url: string): Arguments {
  if (port !== undefined) throw new ArgumentError('--port is for the server on this machine, not for --url')
  const { protocol, username, password } = URL.parse(url) ?? {}
  if (!/^https?:$/.test(protocol ?? '')) {
    throw new ArgumentError(`--url needs an http or https URL, not ${JSON.stringify(url)}`)
  }
  // Fetch refuses such a URL. What it holds is not shown.
  if (username || password) {
    throw new ArgumentError('--url holds a user name or password: send them by --header "authorization: …"')
  }
  return {
    type: 'endpoint',
    endpoint: {
      url,
      headers: header.map(parseHeader),
      ...(json === undefined ? {} : { json: parseJson(json) }),
      ...(until === undefined ? {} : { until }),
      ...(pick === undefined ? {} : { pick }),
    },
  }
}

function parseHeader(header: string): readonly [string, string] {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[\t ]*([\t\x20-\x7E\x80-\xFF]*)$/.exec(header) ?? []
  if (name === undefined || value === undefined) {
    // The value may be a secret: it is not shown.
    throw new ArgumentError('--header is written as "name: value", in characters that HTTP allows there')
  }
  return [name, value]
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ArgumentError('--json needs a JSON text, in quotes of the shell')
  }
}

function sentence(error: unknown): string {
  if (error instanceof ArgumentError) return error.message
  // What parseArgs throws is one sentence, and more sentences on escaping that help nobody here.
  const [first] = error instanceof Error ? error.message.split(/\.(?:\s|$)/) : [String(error)]
  return `${first}: see pnpm start --help`
}
