export { bareFetch as read } from '../read.ts'
