import { scenario, toBase64, type Scenario } from '@millrace/test-server/scenario'
import { fixture, type FixtureName } from '../../../../test/fixtures/index.ts'

/** A reply with the bytes of a recorded answer; then the body ends. */
export function recorded(name: FixtureName): Scenario {
  return scenario([{ type: 'bytes', base64: toBase64(fixture(name).bytes) }, { type: 'end' }])
}
