/** The longest text that a memory takes in one piece, in UTF-16 code units; checked here too, so that all input is checked before any is written. */
export const maxTextLength = 4_000_000
