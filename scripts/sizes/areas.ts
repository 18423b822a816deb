/** What a bundle is made of, by the files that go into it; the first that fits counts. */
const areas: readonly (readonly [name: string, files: RegExp])[] = [
  ['parser', /\bparser\/(dist|src)\//],
  [
    'errors: a sentence that says what to do, secrets taken out, options checked',
    /error|secrets|redact|check-options|excerpt|strays|network-failure/,
  ],
  ['core: every transition of the connection, and what ends an answer', /\/core\//],
  ['decoding: parse, schema, until', /\/decode\/|terminator/],
  ['driver, body read ahead, queue, session', /\/io\/|session|\/platform\//],
  ['the face: options, requests, resume, outcome, the iterable or the class', /\/api\//],
]

/** Bytes by area, in the order of the table above, of bytes by file. */
export function byArea(files: Readonly<Record<string, number>>): ReadonlyMap<string, number> {
  const sums = new Map(areas.map(([name]) => [name, 0]))
  for (const [file, bytes] of Object.entries(files)) {
    const name = areas.find(([, pattern]) => pattern.test(file))?.[0] ?? 'the rest'
    sums.set(name, (sums.get(name) ?? 0) + bytes)
  }
  return sums
}
