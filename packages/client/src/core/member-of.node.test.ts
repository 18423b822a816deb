import { expect, test } from 'vitest'
import { memberOf } from './member-of.ts'

test('memberOf() gives a member of an object, its own or inherited', () => {
  expect(memberOf({ code: 5 }, 'code')).toBe(5)
  expect(memberOf(new TypeError('no'), 'name')).toBe('TypeError')
  expect(memberOf({ [Symbol.iterator]: 1 }, Symbol.iterator)).toBe(1)
  expect(memberOf({}, 'code')).toBeUndefined()
})

test.each([null, undefined, 'text', 5])('memberOf() gives nothing of %j', (value) => {
  expect(memberOf(value, 'length')).toBeUndefined()
})
