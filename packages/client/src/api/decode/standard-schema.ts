/** What zod, valibot, arktype and others implement: see standardschema.dev. */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => Validation<Output> | Promise<Validation<Output>>
    /** For types only. */
    readonly types?: { readonly input: Input; readonly output: Output } | undefined
  }
}

export type Validation<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly ValidationIssue[] }

export interface ValidationIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/** One schema for all events, or one for each event name. */
export type SchemaOption = StandardSchema | { readonly [name: string]: StandardSchema }

/** The type of what comes out of a schema. */
export type OutputOf<Schema> = Schema extends StandardSchema<infer _, infer Output> ? Output : never

export function isSchema(option: SchemaOption): option is StandardSchema {
  return '~standard' in Object(option)
}
