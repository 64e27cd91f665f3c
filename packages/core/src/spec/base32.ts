const letters = 'abcdefghijklmnopqrstuvwxyz234567'

/** Bytes in lower-case base32 (RFC 4648, section 6) without padding. */
export function base32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += letters[(held >>> bits) & 31]
      held &= (1 << bits) - 1
    }
  }
  return bits > 0 ? text + letters[(held << (5 - bits)) & 31] : text
}
