import { toBase64 } from './bytes.ts'
import type { Scenario, Step } from './types.ts'

/** When a piece of a recorded body came: ms since the one before it, and how many bytes it had. */
export interface RecordedPiece {
  readonly after: number
  readonly size: number
}

/**
 * A recorded body as a scenario: byte for byte, in the pieces and with the pauses that it came with. Without
 * timing it comes in one piece; what the timing does not cover comes at the end.
 */
export function fromRecording(body: Uint8Array, timing: readonly RecordedPiece[] = []): Scenario {
  const steps: Step[] = []
  let at = 0
  for (const { after, size } of timing) {
    if (after > 0) steps.push({ type: 'wait', ms: after })
    steps.push(...piece(body.subarray(at, at + size)))
    at += size
  }
  return { replies: [{ steps: [...steps, ...piece(body.subarray(at))] }] }
}

function piece(bytes: Uint8Array): readonly Step[] {
  return bytes.length === 0 ? [] : [{ type: 'bytes', base64: toBase64(bytes) }]
}
