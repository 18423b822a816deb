/** The members of options, all of them, each with a value: what a table of defaults holds. */
export type Filled<T> = { readonly [Name in keyof T]-?: NonNullable<T[Name]> }
