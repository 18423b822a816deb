/** Makes `own` look like `realm` to `instanceof`, `constructor`, string tags and whoever reads every member. */
export function inherit(own: object, realm: object): void {
  // What Babel and SWC make of a class for ES5 looks there for what to construct.
  const { constructor } = own
  if (String(constructor).startsWith('class')) Reflect.deleteProperty(own, 'constructor')
  Object.setPrototypeOf(own, realm)
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(realm))) {
    // An engine's own getter (Chromium's userActivation) throws on an object that the engine did not make.
    const get = Object.getOwnPropertyDescriptor(own, name)?.get ?? (() => null)
    if (descriptor.get) Object.defineProperty(own, name, { ...descriptor, get })
  }
}
