import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig, type Plugin } from 'vite'
import { chatApi } from './api.ts'

/** The backend, beside the page: for `vite` and for `vite preview`. */
function backend(): Plugin {
  const handle = chatApi(Number(process.env['PACE'] ?? 40))
  return {
    name: 'chat-api',
    configureServer: ({ middlewares }) => void middlewares.use(handle),
    configurePreviewServer: ({ middlewares }) => void middlewares.use(handle),
  }
}

export default defineConfig({
  plugins: [react(), backend()],
  // Inside this repository the packages are read from their sources; an app needs no such line.
  resolve: { conditions: ['@millrace/source', ...defaultClientConditions] },
})
