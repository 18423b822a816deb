import { createEventSource } from 'eventsource-client'
import { iterating } from '../read.ts'

export const read = iterating((url) => createEventSource(url))
