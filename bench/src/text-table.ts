type Lines = readonly (readonly string[])[]

/** Lines of cells in aligned columns; the first line is the head. */
export function plainLines(lines: Lines): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** The same as a table of Markdown. */
export function markdownLines([head = [], ...lines]: Lines): string {
  const escaped = lines.map((line) => line.map((cell) => cell.replaceAll('|', '\\|')))
  return [head, head.map(() => '---'), ...escaped].map((line) => `| ${line.join(' | ')} |`).join('\n')
}
