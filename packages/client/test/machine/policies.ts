import type { ConnectionOptions } from '../../src/api/options.ts'
import { policyOf, type PolicyParts } from '../../src/api/policy-of.ts'
import { corsProbe } from '../../src/core/cors-probe.ts'
import type { Policy } from '../../src/core/policy.ts'

/** A policy as the API makes it from the defaults, and whether what was read is enough to go on from. */
export interface Sample {
  readonly name: string
  readonly policy: Policy
  readonly resumable: boolean
}

const stream: PolicyParts = {
  method: 'GET',
  standard: false,
  resumes: false,
  cold: false,
  accept: null,
  repeatable: false,
  probe: null,
}

/** The policies that differ: what is asked for, by which face, and what there is to go on from. */
export const samples: readonly Sample[] = [
  sample('GET', {}, false),
  sample('class', { standard: true, probe: corsProbe }, false),
  sample('class POST', { standard: true, method: 'POST' }, false),
  sample('class POST with id', { standard: true, method: 'POST' }, true),
  sample('POST', { method: 'POST' }, false),
  sample('POST with resume', { method: 'POST', resumes: true }, true),
]

export function sample(
  name: string,
  parts: Partial<PolicyParts>,
  resumable: boolean,
  options: ConnectionOptions = {},
): Sample {
  return { name, policy: policyOf(options, { ...stream, ...parts }), resumable }
}
