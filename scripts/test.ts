/** `pnpm test`: every test in Node, happy-dom and a real Chromium. */
import { keepCompiled } from './compiled.ts'

keepCompiled()
await import('./test/main.ts')
