import { EventSource } from 'undici'
import { ofClass } from '../read.ts'

export const read = ofClass((url) => new EventSource(url))
