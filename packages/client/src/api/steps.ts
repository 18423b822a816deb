/** What an iterator steps through. Methods of a class are compiled once for all streams; functions made for each are not. */
export interface Steps<T> {
  /** The next one, once it has come. */
  next(): Promise<IteratorResult<T, undefined>>
  /** The next one if it is there already, else nothing. */
  ready?(): T | null | undefined
  stop(): unknown
}
