import { fetchEventStream } from '@millrace/client'
import { iterating } from '../read.ts'

export const read = iterating((url) => fetchEventStream(url))
