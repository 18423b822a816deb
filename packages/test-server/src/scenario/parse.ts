import { isEnding } from './ending.ts'
import type { EventFields, Scenario, Step } from './types.ts'
import { eventText } from './wire.ts'

type Check = (value: unknown, at: string) => void

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

/** @throws {TypeError} naming the place, when the value is no scenario */
export function assertScenario(value: unknown): asserts value is Scenario {
  isRecord({
    name: maybe(isText),
    about: maybe(isText),
    log: maybe(list(eventFields)),
    replies: list(isReply),
  })(value, 'scenario')
}

const isText: Check = (value, at) => expected(typeof value === 'string', at, 'a string')
const isFilling: Check = (value, at) =>
  expected(typeof value === 'string' && /^[\x20-\x7e]+$/.test(value), at, 'ASCII characters, at least one')
const isNumber: Check = (value, at) =>
  expected(Number.isFinite(value) && Number(value) >= 0, at, 'a number from 0')
const isSize: Check = (value, at) =>
  expected(Number.isSafeInteger(value) && Number(value) > 0, at, 'a whole number from 1')
const isWhole: Check = (value, at) =>
  expected(Number.isSafeInteger(value) && Number(value) >= 0, at, 'a whole number from 0')
const isBoolean: Check = (value, at) => expected(typeof value === 'boolean', at, 'true or false')
const ending: Check = (value, at) => expected(isEnding(value), at, '"end", "reset" or "fin"')
const isStatus = statusFrom(100, 999, 'a status of three digits')
const isBase64: Check = (value, at) => {
  isText(value, at)
  try {
    atob(String(value))
  } catch {
    expected(false, at, 'base64')
  }
}
const isMethod: Check = (value, at) =>
  expected(typeof value === 'string' && value === value.toUpperCase(), at, 'a method in upper case')
/** Anything else would fail only when it is played: the client would see a reset, and nobody the reason. */
const isLine: Check = (value, at) =>
  expected(
    typeof value === 'string' && /^[\t\x20-\x7e\x80-\xff]*$/.test(value),
    at,
    'what a header can carry (a raw step can send any bytes)',
  )
const headerValue: Check = (value, at) => {
  if (value === null) return
  if (typeof value === 'string') isLine(value, at)
  else list(isLine)(value, at)
}

const headers = headersOf(headerValue)
/** One value each: a request has the values of a name in one text. */
const headersToHave = headersOf((value, at) => (value === null ? undefined : isLine(value, at)))

const event = { event: maybe(isText), data: maybe(isText), id: maybe(isText), retry: maybe(isWhole) }

/** What the encoder refuses is a mistake here too: a text step can send such a line. */
const encodable: Check = (value, at) => {
  try {
    eventText(value as EventFields)
  } catch (error) {
    expected(false, at, `an event that can be encoded (a text step can send any line): ${String(error)}`)
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
  chunks: { sizes: list(isSize), every: maybe(isNumber) },
  gzip: {},
  raw: { text: isText },
  hang: {},
  end: {},
  reset: {},
  fin: {},
}

function isStep(value: unknown, at: string): void {
  const type = isPlainObject(value) ? value['type'] : undefined
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

/** An object with these members and no others: a misspelt member must not be ignored. */
function isRecord(members: Readonly<Record<string, Check>>): Check {
  return (value, at) => {
    if (!isPlainObject(value)) return expected(false, at, 'an object')
    for (const name of Object.keys(value)) {
      expected(
        Object.hasOwn(members, name),
        `${at}.${name}`,
        `no such member; there are ${Object.keys(members).join(', ')}`,
      )
    }
    for (const [name, check] of Object.entries(members)) check(value[name], `${at}.${name}`)
  }
}

function headersOf(checkValue: Check): Check {
  return (value, at) => {
    if (!isPlainObject(value)) return expected(false, at, 'an object')
    for (const [name, one] of Object.entries(value)) {
      const place = `${at}[${JSON.stringify(name)}]`
      expected(/^[!#$%&'*+\-.^_`|~\w]+$/.test(name), place, 'a name that a header can have')
      checkValue(one, place)
    }
  }
}

function statusFrom(least: number, most: number, what: string): Check {
  return (value, at) =>
    expected(Number.isInteger(value) && Number(value) >= least && Number(value) <= most, at, what)
}

function maybe(check: Check): Check {
  return (value, at) => (value === undefined ? undefined : check(value, at))
}

function list(check: Check): Check {
  return (value, at) => {
    if (!Array.isArray(value)) return expected(false, at, 'a list')
    for (const [index, one] of value.entries()) check(one, `${at}[${index}]`)
  }
}

function isCut(step: unknown): boolean {
  return isPlainObject(step) && step['type'] === 'cut'
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function expected(holds: boolean, at: string, what: string): void {
  if (!holds) throw new TypeError(`${at}: expected ${what}`)
}
