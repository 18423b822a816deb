/** The built package in workerd, which has no command line: its `test` command calls `test()`. */
import { createParser } from '@millrace/parser'
import { check } from './check.mjs'

export default { test: () => check(createParser) }
