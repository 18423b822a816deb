/** Runs every test in Node, happy-dom and a real Chromium. */
import { execFileSync } from 'node:child_process'

execFileSync('vitest', ['run', ...process.argv.slice(2)], { stdio: 'inherit' })
