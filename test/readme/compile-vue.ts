import { compileScript, parse } from 'vue/compiler-sfc'

/** A single-file component as TypeScript whose default export is named `Component`. */
export function compileVue(code: string): string {
  const { content } = compileScript(parse(code).descriptor, { id: 'readme', inlineTemplate: true })
  return content.replace('export default', 'const Component =')
}
