/** A single-file component as TypeScript whose default export is named `Component`. */
export async function compileVue(code: string): Promise<string> {
  // Not above: the configuration of every run reaches this file.
  const { compileScript, parse } = await import('vue/compiler-sfc')
  const { content } = compileScript(parse(code).descriptor, { id: 'readme', inlineTemplate: true })
  return content.replace('export default', 'const Component =')
}
