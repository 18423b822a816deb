import type { Terminator } from '../../core/reading.ts'
import { Decoder } from './decode.ts'
import { isSchema, type SchemaOption, type StandardSchema } from './standard-schema.ts'
import { terminatorOf } from '../stream/terminator-of.ts'
import type { AnyOptions } from './typing.ts'

/** How events are decoded and what ends them: each part by the option of its name, or else by the protocol. */
export function decodingOf(options: AnyOptions): {
  readonly terminator: Terminator
  /** Null: events are handed over as they came. */
  readonly decoder: Decoder | null
} {
  const { protocol, schema, json: request } = options
  const { terminator, predicate } = terminatorOf(options.until ?? protocol?.until)
  const ends =
    predicate &&
    ((event: Parameters<typeof predicate>[0], seen: number) => predicate(event, { request, seen }))
  const typed = protocol !== undefined || schema !== undefined
  const plain = !typed && options.parse === undefined && options.errorOf === undefined && predicate === null
  if (plain) return { terminator, decoder: null }
  return {
    terminator,
    decoder: new Decoder({
      keepsAlive: (raw) => protocol?.keepsAlive?.(raw) ?? false,
      parse: options.parse ?? protocol?.parse ?? (typed ? parseJson : null),
      errorOf: options.errorOf ?? ((event) => protocol?.errorOf?.(event) ?? null),
      schemaOf: schemaLookup(schema),
      others: options.others ?? 'skip',
      onInvalid: options.onInvalid ?? 'throw',
      endsWithParsed: options.until === undefined ? ends : null,
      endsWithHanded: options.until === undefined ? null : ends,
    }),
  }
}

/** Events without data are signals: there is nothing to parse. */
function parseJson(data: string): unknown {
  return data === '' ? undefined : JSON.parse(data)
}

function schemaLookup(
  schema: SchemaOption | undefined,
): (name: string) => StandardSchema | 'unlisted' | null {
  if (schema === undefined) return () => null
  if (isSchema(schema)) return () => schema
  // By the event's name, which is the server's choice: `constructor` is no schema.
  const schemas = new Map(Object.entries(schema))
  return (name) => schemas.get(name) ?? 'unlisted'
}
