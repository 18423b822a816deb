/** Keeps this thread from doing anything for so many ms, as long work would, but leaves the processor to others. */
export function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
