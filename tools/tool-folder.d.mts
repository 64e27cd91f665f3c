export function toolFolder(spec: string): string
export function nodePackage(): string
