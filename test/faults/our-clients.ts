import type { Client } from './client.ts'
import { ourClass } from './our-class.ts'
import { ourStream } from './our-stream.ts'

export const ourClients: readonly Client[] = [ourStream, ourClass]
