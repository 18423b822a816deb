/** WebKit itself: Chromium and happy-dom have its name, too, but no version of Safari's. */
export const isWebKit: boolean = /Version\/[\d.]+ Safari\//.test(globalThis.navigator?.userAgent ?? '')

/** Its fetch keeps a reply to itself until the first byte of its body, and sends a request that was reset once more. */
export const isFirefox: boolean = /Firefox\//.test(globalThis.navigator?.userAgent ?? '')
