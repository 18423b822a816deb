/** What docs/bundlers.md tells a program for React Native before 0.86 to import first. */
import { Event, EventTarget } from 'event-target-shim'

globalThis.Event ??= Event
globalThis.EventTarget ??= EventTarget
