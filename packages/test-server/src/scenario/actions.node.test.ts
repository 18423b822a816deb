import { describe, expect, test } from 'vitest'
import type { Action } from './action.ts'
import { actions } from './actions.ts'
import { scenario } from './build.ts'
import type { RequestFacts } from './choose.ts'
import type { Scenario, Step } from './types.ts'

const GET: RequestFacts = { number: 1, method: 'GET', headers: {}, lastEventId: null }

/** Actions in short: `head 200`, `write "…"`, `finish end`. */
function played(one: Scenario, request: RequestFacts = GET, most = 50): string[] {
  const lines: string[] = []
  for (const action of actions(one, request, { now: () => 1_700_000_000_000 })) {
    lines.push(inShort(action))
    if (lines.length === most) break
  }
  return lines
}

function inShort(action: Action): string {
  switch (action.do) {
    case 'head':
      return `head ${action.head.status}`
    case 'write':
    case 'raw':
      return `${action.do} ${JSON.stringify(new TextDecoder().decode(action.bytes))}`
    case 'wait':
      return `wait ${action.ms}`
    case 'gate':
    case 'channel':
      return `${action.do} ${action.name}`
    case 'finish':
      return `finish ${action.by}${action.whole ? '' : ' cut'}`
    case 'inform':
      return `inform ${action.status}`
    case 'hang':
      return 'hang'
  }
}

const of = (...steps: Step[]) => played(scenario(steps))

describe('actions()', () => {
  test('sends the head with the first bytes, and ends a list that does not end itself', () => {
    expect(of({ type: 'wait', ms: 5 }, { type: 'event', data: 'a' })).toEqual([
      'wait 5',
      'head 200',
      'write "data: a\\n\\n"',
      'finish end',
    ])
  })

  test('sends the head early at an open step, and never for hang or reset alone', () => {
    expect(of({ type: 'open' }, { type: 'hang' })).toEqual(['head 200', 'hang'])
    expect(of({ type: 'hang' })).toEqual(['hang'])
    expect(of({ type: 'reset' })).toEqual(['finish reset cut'])
  })

  test('merges headers over the defaults', () => {
    const [first] = actions(
      scenario([{ type: 'headers', headers: { 'content-type': null, 'retry-after': '2' } }]),
      GET,
      { now: () => 0 },
    )
    expect(first).toEqual({
      do: 'head',
      head: {
        status: 200,
        text: '',
        gzip: false,
        headers: { 'content-type': null, 'cache-control': 'no-cache', 'retry-after': '2' },
      },
    })
  })

  test('cuts after exactly n bytes, wherever the cut step stands, also inside a character', () => {
    const steps: Step[] = [
      { type: 'cut', at: 9, gate: 'read' },
      { type: 'text', text: 'data: ' },
      { type: 'text', text: '水车' },
    ]
    const bytes = [...actions(scenario(steps), GET, { now: () => 0 })].map((action) =>
      action.do === 'write' ? Array.from(action.bytes) : inShort(action),
    )
    expect(bytes).toEqual([
      'head 200',
      [0x64, 0x61, 0x74, 0x61, 0x3a, 0x20],
      [0xe6, 0xb0, 0xb4],
      'gate read',
      'finish reset cut',
    ])
  })

  test('does not cut a body that is shorter', () => {
    expect(of({ type: 'cut', at: 100 }, { type: 'text', text: 'x' })).toEqual([
      'head 200',
      'write "x"',
      'finish end',
    ])
  })

  test('cuts an empty body at 0', () => {
    expect(of({ type: 'cut', at: 0 })).toEqual(['head 200', 'finish reset cut'])
    expect(of({ type: 'open' }, { type: 'cut', at: 0, by: 'fin' })).toEqual(['head 200', 'finish fin cut'])
  })

  test.each<[string, Step[]]>([
    ['no steps', []],
    [
      'settings',
      [
        { type: 'status', status: 201 },
        { type: 'chunks', sizes: [9] },
      ],
    ],
    ['no bytes', [{ type: 'text', text: '' }, { type: 'fill', size: 0 }, { type: 'replay' }]],
    ['nothing, repeated', [{ type: 'repeat', steps: [{ type: 'open' }] }]],
  ])('an endless repeat of %s ends: nothing else of the process would run', (_what, steps) => {
    expect(of({ type: 'open' }, { type: 'repeat', steps }, { type: 'text', text: 'after' })).toContain(
      'write "after"',
    )
  })

  test('cuts at 0 right after the headers', () => {
    expect(of({ type: 'cut', at: 0, by: 'end' }, { type: 'text', text: 'x' })).toEqual([
      'head 200',
      'finish end cut',
    ])
  })

  test('splits later writes into pieces of the given sizes, the last size again and again', () => {
    expect(
      of(
        { type: 'text', text: 'whole' },
        { type: 'chunks', sizes: [1, 2] },
        { type: 'text', text: 'abcdef' },
      ),
    ).toEqual([
      'head 200',
      'write "whole"',
      'write "a"',
      'write "bc"',
      'write "de"',
      'write "f"',
      'finish end',
    ])
  })

  test('repeats lazily, with the count and the time filled in', () => {
    const steps: Step[] = [{ type: 'repeat', steps: [{ type: 'event', data: '{n} {x}', id: '{unix}' }] }]
    expect(played(scenario(steps), GET, 3)).toEqual([
      'head 200',
      'write "id: 1700000000\\ndata: 1 {x}\\n\\n"',
      'write "id: 1700000000\\ndata: 2 {x}\\n\\n"',
    ])
  })

  test('replays what follows the last event ID, with gaps and duplicates on demand', () => {
    const log = ['1', '2', '3', '4'].map((id) => ({ id, data: id }))
    const after = (lastEventId: string | null, faults: object = {}) =>
      played({ log, replies: [{ steps: [{ type: 'replay', ...faults }] }] }, { ...GET, lastEventId })
        .filter((line) => line.startsWith('write'))
        .map((line) => line.at(-6))
        .join('')
    expect(after(null)).toBe('1234')
    expect(after('2')).toBe('34')
    expect(after('4')).toBe('')
    expect(after('unknown')).toBe('1234')
    expect(after('2', { skip: 1 })).toBe('4')
    expect(after('2', { again: 1 })).toBe('234')
  })

  test('answers by number, method and resumption; the last list answers every later request', () => {
    const two = scenario([{ type: 'text', text: 'a' }], [{ type: 'text', text: 'b' }])
    expect(played(two, { ...GET, number: 1 })[1]).toBe('write "a"')
    expect(played(two, { ...GET, number: 9 })[1]).toBe('write "b"')
    const chosen: Scenario = {
      replies: [
        { on: { method: 'POST' }, steps: [{ type: 'text', text: 'post' }] },
        { on: { resumed: true }, steps: [{ type: 'text', text: 'resumed' }] },
        { on: { headers: { 'X-Key': 'k' } }, steps: [{ type: 'text', text: 'key' }] },
      ],
    }
    expect(played(chosen, { ...GET, method: 'POST' })[1]).toBe('write "post"')
    expect(played(chosen, { ...GET, lastEventId: '1' })[1]).toBe('write "resumed"')
    expect(played(chosen, { ...GET, headers: { 'x-key': 'k' } })[1]).toBe('write "key"')
    expect(played(chosen, GET)[0]).toBe('head 404')
  })

  test('compresses for who accepts gzip, and for nobody else', () => {
    const encoding = (headers: Readonly<Record<string, string>>) => {
      const [first] = actions(scenario([{ type: 'gzip' }]), { ...GET, headers }, { now: () => 0 })
      return first?.do === 'head' && [first.head.gzip, first.head.headers['content-encoding']]
    }
    expect(encoding({ 'accept-encoding': 'br, gzip' })).toEqual([true, 'gzip'])
    expect(encoding({ 'accept-encoding': 'br' })).toEqual([false, undefined])
    expect(encoding({})).toEqual([false, undefined])
  })
})
