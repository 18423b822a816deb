/** The constants of the standard's interface: on the constructor and on the prototype, neither writable nor removable. */
export const readyStates = { CONNECTING: 0, OPEN: 1, CLOSED: 2 } as const

/** Turns a class into what WebIDL says an interface looks like; a class alone hides its members from enumeration. */
export function asInterface(constructor: Function, name: string): void {
  const prototype: object = constructor.prototype
  for (const [member, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (member !== 'constructor')
      Object.defineProperty(prototype, member, { ...descriptor, enumerable: true })
  }
  for (const [constant, value] of Object.entries(readyStates)) {
    for (const owner of [constructor, prototype])
      Object.defineProperty(owner, constant, { value, enumerable: true })
  }
  Object.defineProperty(prototype, Symbol.toStringTag, { value: name, configurable: true })
  // Bundlers rename classes.
  Object.defineProperty(constructor, 'name', { value: name, configurable: true })
}
