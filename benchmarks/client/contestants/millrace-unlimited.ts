import { EventSource } from '@millrace/client'
import { ofClass } from '../read.ts'

/** The long event passes the limit that there is by default. */
const unlimited = { limits: { event: 2 ** 28 } }

export const read = ofClass((url) => new EventSource(url, unlimited))
