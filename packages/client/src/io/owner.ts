import type { Failure, Refusal } from '../core/failure.ts'
import type { Verdict } from '../core/input.ts'
import type { Body, Patient } from './body.ts'
import type { RequestPlan } from './request-plan.ts'
import type { Runtime } from './runtime.ts'

/** What a body's end means to whoever reads it. */
export interface Judgement {
  readonly verdict: Verdict
  readonly resumable: boolean
  readonly hint: string
}

/** For which attempt a request is made. */
export interface Preparing {
  readonly type: 'request' | 'resume'
  readonly attempt: number
  /** Why the attempt or the connection before it failed. */
  readonly previous: Failure | null
  /** Aborted when the attempt is given up. */
  readonly signal: AbortSignal
}

/** What the driver asks of the stream that it runs for. */
export interface Owner {
  /** The request of an attempt; null: there is nothing to resume. */
  prepare(preparing: Preparing): Promise<RequestPlan | null>
  judge(): Judgement
  /** The body is over: an error that only its end shows. */
  lastWord?(): Failure | null
  /** What a refused reply's body says, without secrets. Where it is missing, nobody looks at the body. */
  readRefusal?(
    open: (patient: Patient) => Body | undefined,
    runtime: Runtime,
    clean: (text: string) => string,
  ): Promise<Refusal>
}
