import {
  expected,
  isBase64,
  isBoolean,
  isFilling,
  isNumber,
  isPlainObject,
  isRecord,
  isSize,
  isText,
  isWhole,
  list,
  maybe,
  type Check,
} from './check.ts'
import { isEnding } from './ending.ts'
import { headers, headersToHave, isLine, isMethod, isStatus, statusFrom } from './http-check.ts'
import type { EventFields, Scenario, Step } from './types.ts'
import { eventText } from './wire.ts'

/**
 * A scenario from JSON text, checked throughout.
 *
 * @throws {SyntaxError} when the text is no JSON
 * @throws {TypeError} naming the place, when it is no scenario: `replies[0].steps[2].ms: expected a number`
 */
export function parseScenario(json: string): Scenario {
  // Editors on Windows write a BOM, which JSON has not.
  const value: unknown = JSON.parse(json.replace(/^\uFEFF/, ''))
  assertScenario(value)
  return value
}

/** @throws {TypeError} naming the place, when the value is no scenario; `at` is what the place begins with */
export function assertScenario(value: unknown, at = 'scenario'): asserts value is Scenario {
  isRecord({
    name: maybe(isText),
    about: maybe(isText),
    log: maybe(list(eventFields)),
    replies: list(isReply),
  })(value, at)
}

/** @throws {TypeError} naming the place, when the value is no event, or one that cannot be encoded */
export function assertEvent(value: unknown): asserts value is EventFields {
  eventFields(value, 'event')
}

const ending: Check = (value, at) => expected(isEnding(value), at, '"end", "reset" or "fin"')

const event = { event: maybe(isText), data: maybe(isText), id: maybe(isText), retry: maybe(isWhole) }

/** What the encoder refuses is a mistake here too: a text step can send such a line. */
const encodable: Check = (value, at) => {
  try {
    eventText(value as EventFields)
  } catch (error) {
    expected(
      false,
      at,
      `an event that can be encoded (a text step can send any line): ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

const eventFields: Check = (value, at) => {
  isRecord(event)(value, at)
  encodable(value, at)
}

/** Deeper than anyone writes; a list that holds itself would have no end. */
const DEEPEST = 32

/** The steps of a `repeat`. */
const repeated: Check = (value, at) => {
  expected(at.split('.steps[').length - 1 <= DEEPEST, at, `repeat steps at most ${DEEPEST} deep`)
  list((step, place) => {
    isStep(step, place)
    expected(!isCut(step), place, 'no cut inside repeat: it counts the bytes of the whole body')
  })(value, at)
}

/** The steps of a reply. */
const steps: Check = (value, at) => {
  list(isStep)(value, at)
  expected((value as readonly unknown[]).filter(isCut).length <= 1, at, 'at most one cut')
}

const sizes: Check = (value, at) => {
  list(isSize)(value, at)
  expected((value as readonly unknown[]).length > 0, at, 'at least one size: the last one repeats')
}

/** What each kind of step holds. */
const STEPS: { readonly [Type in Step['type']]: Readonly<Record<string, Check>> } = {
  status: { status: isStatus, text: maybe(isLine) },
  headers: { headers },
  inform: { status: statusFrom(100, 199, 'an informational status, 100 to 199'), headers: maybe(headers) },
  redirect: { to: isLine, status: maybe(statusFrom(300, 399, 'a redirect, 300 to 399')) },
  open: {},
  event,
  comment: { text: isText },
  text: { text: isText },
  bytes: { base64: isBase64 },
  fill: { size: isWhole, text: maybe(isFilling) },
  wait: { ms: isNumber },
  gate: { name: isText },
  repeat: { times: maybe(isWhole), steps: repeated },
  replay: { every: maybe(isNumber), skip: maybe(isWhole), again: maybe(isWhole) },
  channel: { name: isText },
  cut: { at: isWhole, by: maybe(ending), gate: maybe(isText), wait: maybe(isNumber) },
  chunks: { sizes, every: maybe(isNumber) },
  gzip: {},
  raw: { text: isText },
  hang: {},
  end: {},
  reset: {},
  fin: {},
}

function isStep(value: unknown, at: string): void {
  if (!isPlainObject(value)) return expected(false, at, 'an object with a `type`')
  const { type } = value
  expected(
    typeof type === 'string' && Object.hasOwn(STEPS, type),
    `${at}.type`,
    `one of ${Object.keys(STEPS).join(', ')}`,
  )
  isRecord({ type: isText, ...STEPS[type as Step['type']] })(value, at)
  if (type === 'event') encodable(value, at)
}

const isReply = isRecord({
  on: maybe(
    isRecord({
      method: maybe(isMethod),
      request: maybe(isSize),
      resumed: maybe(isBoolean),
      headers: maybe(headersToHave),
    }),
  ),
  steps,
})

function isCut(step: unknown): boolean {
  return isPlainObject(step) && step['type'] === 'cut'
}
