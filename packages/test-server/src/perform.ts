import type { Listening } from './journal/channels.ts'
import type { Exchange, RecordedRequest } from './journal/records.ts'
import type { Stage } from './journal/stage.ts'
import { hasNoBody } from './no-body.ts'
import type { Action, Head } from './scenario/action.ts'
import { actions } from './scenario/actions.ts'
import type { Ending, HeaderFields } from './scenario/types.ts'

/** One exchange of a transport: how it sends, and when the client has gone. */
export interface Sink {
  inform(status: number, headers: HeaderFields): void
  head(head: Head): void | Promise<void>
  /** Resolves when the connection has accepted the bytes, so that a scenario never runs ahead of its reader. */
  write(bytes: Uint8Array): void | Promise<void>
  raw(bytes: Uint8Array): void | Promise<void>
  finish(by: Ending, whole: boolean): void | Promise<void>
  /** Ends the exchange because the reader or the scenario is at fault: the state is `dropped`. */
  drop(reason?: unknown): void
  /** Aborts when the exchange is over for any reason. */
  readonly gone: AbortSignal
}

/** Time comes from outside: a transport may run on a virtual clock. */
export interface Clock {
  /** Wall clock in ms. */
  now(): number
  /** Resolves after so many ms, or when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

export interface Performance {
  readonly stage: Stage
  readonly request: RecordedRequest
  readonly change: (change: Partial<Omit<Exchange, 'request'>>) => void
  readonly sink: Sink
  readonly clock: Clock
  /** Bytes that a reader of a channel may be behind. */
  readonly behind: number
}

/** Plays the reply to one request: pulls the scenario's actions and carries out each when the one before is done. */
export async function perform(performance: Performance): Promise<void> {
  const { stage, request, clock, sink } = performance
  const end = (by: Ending) => void sink.finish(by, false)
  stage.live.add(end)
  let status = 200
  try {
    for (const action of actions(stage.scenario, request, clock)) {
      if (sink.gone.aborted) return
      if (action.do === 'head') status = action.head.status
      // No reader sets the pace of what is not sent: an endless body would take the whole process.
      const whole = isBody(action) && hasNoBody(request.method, status)
      await carryOut(whole ? { do: 'finish', by: 'end', whole } : action, performance)
      if (whole) return
    }
  } catch (error) {
    sink.drop(error)
    throw error
  } finally {
    stage.live.delete(end)
  }
}

function isBody(action: Action): boolean {
  return action.do === 'write' || action.do === 'channel'
}

async function carryOut(action: Action, performance: Performance): Promise<void> {
  const { stage, change, sink, clock } = performance
  switch (action.do) {
    case 'inform':
      return sink.inform(action.status, action.headers)
    case 'head':
      await sink.head(action.head)
      return change({ status: action.head.status })
    case 'write':
      return sink.write(action.bytes)
    case 'raw':
      return sink.raw(action.bytes)
    case 'wait':
      return clock.sleep(action.ms, sink.gone)
    case 'gate':
      change({ gate: action.name })
      await stage.gates.pass(action.name, sink.gone)
      return change({ gate: null })
    case 'channel':
      for await (const bytes of stage.channels.listen(action.name, listening(performance)))
        await sink.write(bytes)
      return
    case 'hang':
      return new Promise((resolve) => {
        if (sink.gone.aborted) resolve()
        else sink.gone.addEventListener('abort', () => resolve(), { once: true })
      })
    case 'finish':
      return sink.finish(action.by, action.whole)
  }
}

function listening({ sink, behind }: Performance): Listening {
  return { limit: behind, onBehind: () => sink.drop(), signal: sink.gone }
}
