const relativeImport = /(?<=(?:from |import |import\()['"]\.{1,2}\/[^'"]*)\.tsx?(?=['"])/g

/** Declarations whose relative imports say `.ts`, with the extension of the files that they stand beside. */
export function withExtension(declarations: string, extension: '.js' | '.cjs'): string {
  return declarations.replaceAll(relativeImport, extension)
}
