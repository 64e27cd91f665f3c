import type { SettingName } from './settings.ts'

/** A setting that a variable names, by this library's name for it or by the Python library's. */
export interface NamedSetting {
  readonly variable: string
  readonly name: SettingName
  readonly value: string
}
