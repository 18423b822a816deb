/** Counts what a parser gives: every event, and every character of data. */
export interface Sink {
  events: number
  characters: number
}

export const counting =
  (sink: Sink) =>
  (event: { data: string }): void => {
    sink.events++
    sink.characters += event.data.length
  }
