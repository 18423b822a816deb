export { chatGet, lastEventIdGet, lastEventIdQuery, openaiBackground } from '../api/resume-presets.ts'
