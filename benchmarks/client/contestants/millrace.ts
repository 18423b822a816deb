import { EventSource } from '@millrace/client'
import { ofClass } from '../of-class.ts'

export const read = ofClass((url) => new EventSource(url))
