/** WebKit itself: Chromium and happy-dom have its name, too, but no version of Safari's. */
export const isWebKit: boolean = /Version\/[\d.]+ Safari\//.test(globalThis.navigator?.userAgent ?? '')
