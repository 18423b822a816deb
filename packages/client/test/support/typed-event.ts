interface Typed {
  readonly type: 'event'
  readonly event: string
  readonly data: string
}

/** The step of an event whose data names its type, too. */
export function typed(type: string, data: object = {}): Typed {
  return { type: 'event', event: type, data: JSON.stringify({ type, ...data }) }
}

/** Events as a proxy leaves them that takes the lines with their names away. */
export function unnamed(...events: readonly Typed[]): readonly Omit<Typed, 'event'>[] {
  return events.map(({ type, data }) => ({ type, data }))
}
