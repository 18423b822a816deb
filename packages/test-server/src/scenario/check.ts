/** Looks at one value of a scenario; throws a TypeError that names its place. */
export type Check = (value: unknown, at: string) => void

export const isText: Check = (value, at) => expected(typeof value === 'string', at, 'a string')
export const isFilling: Check = (value, at) =>
  expected(typeof value === 'string' && /^[\x20-\x7e]+$/.test(value), at, 'ASCII characters, at least one')
export const isNumber: Check = (value, at) =>
  expected(Number.isFinite(value) && Number(value) >= 0, at, 'a number from 0')
export const isSize: Check = (value, at) =>
  expected(Number.isSafeInteger(value) && Number(value) > 0, at, 'a whole number from 1')
export const isWhole: Check = (value, at) =>
  expected(Number.isSafeInteger(value) && Number(value) >= 0, at, 'a whole number from 0')
export const isBoolean: Check = (value, at) => expected(typeof value === 'boolean', at, 'true or false')
export const isBase64: Check = (value, at) => {
  isText(value, at)
  try {
    atob(String(value))
  } catch {
    expected(false, at, 'base64')
  }
}

/** An object with these members and no others: a misspelt member must not be ignored. */
export function isRecord(members: Readonly<Record<string, Check>>): Check {
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

export function maybe(check: Check): Check {
  return (value, at) => (value === undefined ? undefined : check(value, at))
}

export function list(check: Check): Check {
  return (value, at) => {
    if (!Array.isArray(value)) return expected(false, at, 'a list')
    for (const [index, one] of value.entries()) check(one, `${at}[${index}]`)
  }
}

/** Of any realm. A `Headers` or a `Map` is none: it would be taken for one without members. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return Object.prototype.toString.call(value) === '[object Object]'
}

export function expected(holds: boolean, at: string, what: string): void {
  if (!holds) throw new TypeError(`${at}: expected ${what}`)
}
