/** Whether a value is what an option has to be, and what that is, for the error. */
type Shape = readonly [fits: (value: unknown) => boolean, what: string]

const aFunction: Shape = [isFunction, 'a function']
const anObject: Shape = [isObject, 'an object']
const aText: Shape = [isText, 'a string']

/** Options of which a wrong one would show late, far from the call, or never. */
const shapes: Readonly<Record<string, Shape>> = {
  method: aText,
  lastEventId: aText,
  idempotencyKey: aText,
  body: [
    (body) => !isPlain(body),
    'text, bytes, a form or a stream (JSON.stringify() makes text of an object)',
  ],
  fetch: aFunction,
  observe: aFunction,
  parse: aFunction,
  errorOf: aFunction,
  accept: aFunction,
  sameEvent: aFunction,
  protocol: anObject,
  timeouts: anObject,
  limits: anObject,
  retry: [(retry) => retry === false || isObject(retry), 'an object, or false'],
  'retry.statuses': [Array.isArray, 'an array of statuses'],
  'retry.when': aFunction,
  signal: [(signal) => isFunction(memberOf(signal, 'addEventListener')), 'an AbortSignal'],
  resume: [
    (resume) => isFunction(resume) || isFunction(memberOf(resume, 'request')),
    'a function, or a preset with one as `request`',
  ],
  schema: [isSchemas, 'a Standard Schema, or an object of one for each event name'],
  until: [isUntil, 'a string, a function, or one of { data }, { event } and { when }'],
}

/** One sentence on the first option that is not what it has to be, or null. An option that is null is not given. */
export function misfitIn(options: object): string | null {
  for (const [path, [fits, what]] of Object.entries(shapes)) {
    const value = path.split('.').reduce<unknown>(memberOf, options) ?? undefined
    if (value !== undefined && !fits(value)) return `\`${path}\` must be ${what}, or left out`
  }
  return null
}

/** The schemas of some libraries are functions. */
function isSchemas(value: unknown): boolean {
  if (memberOf(value, '~standard') !== undefined) return true
  return (
    isObject(value) && Object.values(value).every((schema) => memberOf(schema, '~standard') !== undefined)
  )
}

function isUntil(value: unknown): boolean {
  if (isText(value) || isFunction(value) || isText(memberOf(value, 'data'))) return true
  const names = memberOf(value, 'event')
  return isText(names) || (Array.isArray(names) && names.every(isText)) || isFunction(memberOf(value, 'when'))
}

/** Fetch would send `[object Object]`. */
function isPlain(value: unknown): boolean {
  return Array.isArray(value) || (isObject(value) && Object.getPrototypeOf(value) === Object.prototype)
}

function memberOf(value: unknown, name: string): unknown {
  return isObject(value) || isFunction(value) ? Reflect.get(value, name) : undefined
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function isFunction(value: unknown): value is Function {
  return typeof value === 'function'
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
