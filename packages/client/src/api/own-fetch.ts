/** For faces that put something around the runtime's own fetch, and stand on the API alone. */
export { asOwn } from '#platform'
