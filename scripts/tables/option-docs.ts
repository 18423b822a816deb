export interface OptionDoc {
  readonly name: string
  /** The comment without its sentence on the default: that one comes from the table of defaults. */
  readonly text: string
}

/** The members of an interface and what their comments say, in the order of the source. */
export function optionDocs(source: string, interfaceName: string): OptionDoc[] {
  const [, body] =
    new RegExp(`^export interface ${interfaceName}\\b[^{]*\\{\\n([\\s\\S]*?)^\\}`, 'm').exec(source) ?? []
  if (body === undefined) throw new RangeError(`No interface ${interfaceName} in the source`)
  const members = body.matchAll(/^ {2}\/\*\*([\s\S]*?)\*\/\n {2}readonly (\w+)\??:/gm)
  return Array.from(members, ([, comment = '', name = '']) => ({ name, text: sentences(comment) }))
}

const sentences = (comment: string): string =>
  comment
    .replaceAll(/\s*\n\s*\*\s*/g, ' ')
    .replaceAll(/\s*\b(Off by default|Default [^.]*(\.\d[^.]*)*)\.(?=\s|$)/g, '')
    .trim()
