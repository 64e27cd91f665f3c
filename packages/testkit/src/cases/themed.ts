import type { StoreCase, StoreTheme } from '../store-case.ts'

export function themed(theme: StoreTheme, cases: readonly Omit<StoreCase, 'theme'>[]): readonly StoreCase[] {
  return cases.map((each) => ({ ...each, theme }))
}
