import { expected, isPlainObject, list, type Check } from './check.ts'

export const isMethod: Check = (value, at) =>
  expected(typeof value === 'string' && value === value.toUpperCase(), at, 'a method in upper case')

/** Anything else would fail only when it is played: the client would see a reset, and nobody the reason. */
export const isLine: Check = (value, at) =>
  expected(
    typeof value === 'string' && /^[\t\x20-\x7e\x80-\xff]*$/.test(value),
    at,
    'what a header can carry (a raw step can send any bytes)',
  )

export const isStatus: Check = statusFrom(100, 999, 'a status of three digits')

const headerValue: Check = (value, at) => {
  if (value === null) return
  if (Array.isArray(value)) return list(isLine)(value, at)
  expected(typeof value === 'string', at, 'a string, a list of strings, or null')
  isLine(value, at)
}

export const headers: Check = headersOf(headerValue)

/** One value each: a request has the values of a name in one text. */
export const headersToHave: Check = headersOf((value, at) => (value === null ? undefined : isLine(value, at)))

export function statusFrom(least: number, most: number, what: string): Check {
  return (value, at) =>
    expected(Number.isInteger(value) && Number(value) >= least && Number(value) <= most, at, what)
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
