export { bareFetch as read } from '../of-class.ts'
