import type { Terminator } from '../../core/reading.ts'
import { terminatorOf } from './terminator-of.ts'
import { decodeBy, type Decode, type Handed } from './decode.ts'
import type { AnyOptions } from './typing.ts'

/** How events are decoded and what ends the answer: each part from the option of its name, or else from the protocol. */
export function decodingOf(options: AnyOptions): {
  readonly terminator: Terminator
  /** Null: events are handed over as they came. */
  readonly decode: Decode<Handed> | null
} {
  const { protocol, schema, parse, errorOf } = options
  const terminator = terminatorOf(options.until ?? protocol?.until)
  const decodes = protocol ?? schema ?? parse ?? errorOf ?? terminator.when
  return { terminator, decode: decodes ? decodeBy(options, terminator.when) : null }
}
