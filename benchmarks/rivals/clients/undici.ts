import { EventSource } from 'undici'
import type { Client } from '../../../test/faults/client.ts'
import { clientOf } from './of-class.ts'

export const undici: Client = clientOf('undici 8.12.4', ({ url }) => new EventSource(url), false)
