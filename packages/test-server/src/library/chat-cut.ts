import { utf8 } from '../scenario/bytes.ts'
import type { EventFields, Reply, Scenario, Step } from '../scenario/types.ts'
import { eventText } from '../scenario/wire.ts'
import type { NamedScenario, ViewEvent } from './named.ts'

/** Options of `chatCut`. */
export interface ChatCutOptions {
  /** The answer, cut into pieces of a few characters as models send them. */
  readonly pieces?: readonly string[]
  /** Pause between two chunks in ms. @default 30 */
  readonly every?: number
  /** Numbers of the chunks (from 1) in which the connection is reset; each should hold a character of several bytes. @default [13] */
  readonly cuts?: readonly number[]
  /** Name of a gate that each reset waits at; without it the reset comes one pause after the bytes. */
  readonly gate?: string
}

const ANSWER: readonly string[] =
  'Une roue à aubes tourne : das Wasser läuft über die Mühle, 水车 keeps turning 🌊 and nothing is lost on the way — not a word, not a byte.'.match(
    /\s?\S+/gu,
  ) ?? []

/**
 * A chat answer over POST in the shape of OpenAI's chunks, each with an id. The connection is reset in the
 * middle of a character; a GET with Last-Event-ID gets the rest from the event log, then `[DONE]`.
 * Fact: a cut answer is reported as complete by most SDKs, and a character split by the cut becomes U+FFFD.
 */
export function chatCut({ pieces = ANSWER, every = 30, cuts = [13], gate }: ChatCutOptions = {}): Scenario {
  const log = pieces.map((content, index) => chunk(index + 1, content))
  // A reset takes the chunk it falls into, so the next reply begins with that chunk.
  const starts = [1, ...cuts]
  const replies = cuts.map((at, index): Reply => {
    const before = log.slice((starts[index] ?? 1) - 1, at - 1)
    const part = middleOfCharacter(eventText(log[at - 1] ?? {}))
    return {
      on: { request: index + 1, method: index === 0 ? 'POST' : 'GET' },
      steps: [
        {
          type: 'cut',
          at: before.reduce((sum, event) => sum + utf8(eventText(event)).length, part),
          ...(gate === undefined ? { wait: every } : { gate }),
        },
        { type: 'replay', every },
      ],
    }
  })
  const rest: Step[] = [
    { type: 'replay', every },
    { type: 'event', data: '[DONE]' },
  ]
  return {
    name: 'chat-cut',
    about: 'A chat answer over POST is reset inside a character; GET with Last-Event-ID resumes it.',
    log,
    replies: [...replies, { steps: rest }],
  }
}

function chunk(n: number, content: string): EventFields {
  const choices = [{ index: 0, delta: { content }, finish_reason: null }]
  return {
    id: String(n),
    data: JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', choices }),
  }
}

/** Bytes up to the middle of the first character of several bytes; of an ASCII text, up to its middle. */
function middleOfCharacter(text: string): number {
  const at = [...text].findIndex((char) => utf8(char).length > 1)
  return at < 0 ? Math.floor(text.length / 2) : utf8([...text].slice(0, at).join('')).length + 1
}

const defaultChat = chatCut({ every: 2 })

/** The default answer as a named scenario. */
export const chatCutNamed: NamedScenario = {
  name: 'chat-cut',
  about: defaultChat.about ?? '',
  source: 'most SDKs take the cut answer for a whole one, and the cut character for U+FFFD',
  scenario: defaultChat,
  view: {
    request: { method: 'POST', body: '{"stream":true}', headers: { 'content-type': 'application/json' } },
    options: { resume: 'lastEventIdGet', until: '[DONE]' },
    events: (defaultChat.log ?? []).map(({ data = '', id = '' }): ViewEvent => ['message', data, id]),
    requests: [null, '12'],
    end: 'complete',
  },
}
