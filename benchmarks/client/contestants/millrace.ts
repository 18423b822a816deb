import { EventSource } from '@millrace/client'
import { ofClass } from '../read.ts'

export const read = ofClass((url) => new EventSource(url))
