import { planted } from './planted.ts'
import type { Endpoint } from './provider-under-test.ts'

/** A port that no server has, and that `fetch` does not refuse by itself. One of a double that was closed may be another double's by then. */
export const nobodyListens: Endpoint = { url: 'http://127.0.0.1:2', key: planted.key }
