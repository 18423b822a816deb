import type { ConnectionOptions } from '../../src/api/options.ts'
import { corsProbe } from '../../src/core/cors-probe.ts'
import type { Failure, ReplyFacts } from '../../src/core/failure.ts'
import type { Result } from '../../src/core/input.ts'
import { broken, reply } from './facts.ts'
import { Machine } from './machine.ts'
import { sample } from './policies.ts'

/** A subscription. */
export const get = (options?: ConnectionOptions): Machine =>
  new Machine(sample('', {}, false, options).policy)
/** An answer. */
export const post = (options?: ConnectionOptions): Machine =>
  new Machine(sample('', { method: 'POST' }, false, options).policy)
/** An answer that can be gone on with. */
export const resuming = (): Machine =>
  new Machine(sample('', { method: 'POST', resumes: true }, false).policy)
/** The class outside pages. */
export const eventSource = (method = 'GET'): Machine =>
  new Machine(sample('', { standard: true, method }, false).policy)
/** The class in a page. */
export const inPage = (): Machine =>
  new Machine(sample('', { standard: true, probe: corsProbe }, false).policy)

export const start = { type: 'start' } as const
export const accepted: Result = { type: 'response', reply: reply() }
export const byte = { type: 'first-byte' } as const
export const event = { type: 'first-event' } as const
export const timer = { type: 'timer' } as const
export const wake = { type: 'wake', slept: 10_000 } as const
export const failed = (failure: Failure): Result => ({ type: 'failed', failure })
export const answered = (status: number, facts: Partial<ReplyFacts> = {}): Result => ({
  type: 'response',
  reply: reply({ status, ...facts }),
})
export const ended: Result = { type: 'ended', failure: null, verdict: 'ended', hint: 'the server ended it' }
export const truncated: Result = { type: 'ended', failure: null, verdict: 'truncated', hint: 'no [DONE]' }
export const brokenBody: Result = { type: 'ended', failure: broken, verdict: 'truncated', hint: '' }
