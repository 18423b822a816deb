/** The tests clean up by `await using`, whose symbols WebKit does not have yet; the packages do without them. */
for (const name of ['dispose', 'asyncDispose']) {
  if (!(name in Symbol)) Object.defineProperty(Symbol, name, { value: Symbol.for(`Symbol.${name}`) })
}
