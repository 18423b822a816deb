export { lastEventIdGet } from '../api/resume.ts'
