import { inject } from 'vitest'

/** Everything is to be tried: every byte, every run. Else a sample that keeps a developer's run short. */
export const full: boolean = inject('full')
