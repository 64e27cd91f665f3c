import { styleText } from 'node:util'

/** Shows how far a long work is. */
export interface Progress {
  /** `share` is 0 to 1. */
  show(share: number, message: string): void
  /** Takes the bar away. */
  end(): void
}

/**
 * A bar on a terminal, and in a pipe a plain line now and then.
 *
 * Clack's own bar is not used: it takes the terminal's keys for itself, and makes of Ctrl-C an exit with code 0.
 */
export function progressOn(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? bar(stream) : plainLines(stream)
}

const barWidth = 24

function bar(stream: NodeJS.WriteStream): Progress {
  let shown = ''
  return {
    show(share, message) {
      const full = Math.round(share * barWidth)
      const line = `${styleText('cyan', '━'.repeat(full), { stream })}${styleText('dim', '━'.repeat(barWidth - full), { stream })} ${message}`
      if (line !== shown) stream.write(`\r\u001b[2K${line}`)
      shown = line
    },
    end() {
      if (shown !== '') stream.write('\r\u001b[2K')
      shown = ''
    },
  }
}

/** A line at the beginning, and then one for each quarter. */
function plainLines(stream: NodeJS.WriteStream): Progress {
  let quarters = -1
  return {
    show(share, message) {
      const reached = Math.floor(share * 4)
      if (reached > quarters) stream.write(`${message}\n`)
      quarters = Math.max(quarters, reached)
    },
    end() {},
  }
}
