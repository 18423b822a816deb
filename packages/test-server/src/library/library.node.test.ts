import { expect, test } from 'vitest'
import { parseScenario } from '../scenario/parse.ts'
import { library, named } from './index.ts'

test('names are unique, and each scenario says what it is for', () => {
  const names = library.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (const { name, about, source, scenario, view } of library) {
    expect(name).toMatch(/^[a-z0-9-]+$/)
    expect(about.length).toBeGreaterThan(10)
    expect(source.length).toBeGreaterThan(3)
    expect(scenario).toMatchObject({ name, about })
    expect(view.requests.length).toBeGreaterThan(0)
  }
})

test.each(library.map((one) => [one.name, one] as const))(
  '%s is plain data: JSON takes it there and back',
  (_name, one) => {
    expect(parseScenario(JSON.stringify(one.scenario))).toEqual(one.scenario)
    expect(JSON.parse(JSON.stringify(one))).toEqual(one)
  },
)

test('named() finds one by name and says when there is none', () => {
  expect(named('chat-cut').scenario.replies).toHaveLength(2)
  expect(() => named('nope')).toThrow(new RangeError('No scenario is named "nope".'))
})
