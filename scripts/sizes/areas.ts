/** What a bundle is made of, by the files that go into it; the first that fits counts. */
const areas: readonly (readonly [name: string, files: RegExp])[] = [
  ['parser', /\bparser\/dist\//],
  [
    'errors: sentences, secrets, checked options',
    /error|secrets|redact|check-options|excerpt|strays|network-failure/,
  ],
  ['core: the connection', /\/core\//],
  ['decoding: parse, schema, until', /\/decode\/|terminator/],
  ['driver, body, queue, session', /\/io\/|session|\/platform\//],
  ['the face: options, request, iterable or class', /\/api\//],
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
