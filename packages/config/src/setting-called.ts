import { type SettingName, variableOf } from './settings.ts'

/** What messages call a setting: by both its names. */
export function settingCalled(name: SettingName): string {
  return `\`${name}\` (${variableOf(name)})`
}
