/** What servers send, as bytes. The letters are those of the results: W1 to W10. */
export interface Workload {
  title: string
  /** The wire text of so many events. */
  events: (count: number) => string[]
}

const words =
  'the water turns the wheel and the wheel grinds the grain until the sack is full of flour '.split(' ')
const word = (n: number): string => words[n % words.length] ?? ''

function openAi(n: number): string {
  const head = `{"id":"chatcmpl-9fKx2mQ7sZ","object":"chat.completion.chunk","created":1760000000,"model":"synthetic-1","choices":[{"index":0,"delta":{"content":" ${word(n)}"},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"`
  return `data: ${head}${'x'.repeat(Math.max(0, 254 - head.length))}"}\n\n`
}

function anthropic(n: number): string {
  const data = `{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"${word(n)}"}}`
  return `event: content_block_delta\ndata: ${data}\n\n`
}

function ticker(n: number): string {
  const comment = n % 8 === 0 ? ': keep-alive\n\n' : ''
  const retry = n % 16 === 0 ? 'retry: 3000\n' : ''
  return `${comment}${retry}id: ${100_000 + n}\nevent: tick\ndata: {"price":${1000 + (n % 97)},"size":${n % 10}}\n\n`
}

const chinese = '水車轉動磨坊，麥子變成麵粉。滝の水は静かに流れる。🏞️🌾🥖 Вода крутит колесо. '

const list =
  (make: (n: number) => string): Workload['events'] =>
  (count) =>
    Array.from({ length: count }, (_, n) => make(n))

const workloads: Record<string, Workload> = {
  W1: { title: 'OpenAI chat chunks, 265 B', events: list(openAi) },
  W2: { title: 'Anthropic style, named events', events: list(anthropic) },
  W3: { title: 'data: x', events: list(() => 'data: x\n\n') },
  W4: { title: 'ids, names, retries, comments', events: list(ticker) },
  W5: {
    title: '20 data lines an event',
    events: list(
      (n) => `${Array.from({ length: 20 }, (_, i) => `data: ${word(n + i)} ${1000 + i} ok\n`).join('')}\n`,
    ),
  },
  W6: { title: 'W1 with CRLF', events: list((n) => openAi(n).replaceAll('\n', '\r\n')) },
  W7: { title: 'W1 with lone CR', events: list((n) => openAi(n).replaceAll('\n', '\r')) },
  W8: { title: 'one line of 8 MB', events: () => [`data: ${'x'.repeat(8_000_000)}\n\n`] },
  W9: { title: 'W1 in 1-byte chunks', events: list(openAi) },
  W10: {
    title: 'Chinese, Japanese, Russian, emoji',
    events: list((n) => `data: ${chinese.slice(n % 7)}\n\n`),
  },
}

/** Bytes a pass reads: enough for thousands of events, little enough to stay in the cache, as a read would. */
const passBytes = 1_000_000

/** The chunks of one pass. `size` is in bytes; 'event' cuts after each event. */
export function chunksOf(
  name: string,
  size: number | 'event',
): { chunks: Uint8Array[]; events: number; characters: number } {
  const workload = workloads[name]
  if (workload === undefined) throw new RangeError(`There is no workload ${name}`)
  const encoder = new TextEncoder()
  const one = encoder.encode(workload.events(32).join('')).length / 32
  const texts = workload.events(Math.max(1, Math.round((size === 1 ? 50_000 : passBytes) / one)))
  const characters = texts.reduce((sum, text) => sum + dataLength(text), 0)
  if (size === 'event')
    return { chunks: texts.map((text) => encoder.encode(text)), events: texts.length, characters }
  const bytes = encoder.encode(texts.join(''))
  const chunks: Uint8Array[] = []
  // Copies: each read of a socket has memory of its own.
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.slice(at, at + size))
  return { chunks, events: texts.length, characters }
}

/** Characters of the data that a parser must give for these events: the check that nobody skips work. */
function dataLength(text: string): number {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.startsWith('data: '))
  return lines.reduce((sum, line) => sum + line.length - 'data: '.length, lines.length - 1)
}
