import vue from '@vitejs/plugin-vue'
import { defaultClientConditions, defineConfig, type Plugin } from 'vite'
import { millApi } from './api.ts'

/** The backend, beside the page: for `vite` and for `vite preview`. */
function backend(): Plugin {
  const handle = millApi()
  return {
    name: 'mill-api',
    configureServer: ({ middlewares }) => void middlewares.use(handle),
    configurePreviewServer: ({ middlewares }) => void middlewares.use(handle),
  }
}

export default defineConfig({
  plugins: [vue(), backend()],
  // Inside this repository the packages are read from their sources; an app needs no such line.
  resolve: { conditions: ['@millrace/source', ...defaultClientConditions] },
})
