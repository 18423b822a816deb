/** The built package in whatever runs this file: `node built.mjs`, `bun built.mjs`, `deno run -A built.mjs`. */
import { createRequire } from 'node:module'
import { createParser } from '@millrace/parser'
import { check } from './check.mjs'

await check(createParser)
await check(createRequire(import.meta.url)('@millrace/parser').createParser)
