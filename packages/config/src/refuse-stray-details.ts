import { configInvalid } from './config-invalid.ts'
import { settingCalled } from './setting-called.ts'
import { details, type ModelSettings } from './settings.ts'

/** @throws GraphMemError `CONFIG_INVALID` when something is said beside a model that has no use for it */
export function refuseStrayDetails(part: 'llm' | 'embedder', settings: ModelSettings, what: string): void {
  const stray = details[part].find((name) => settings[name] !== undefined)
  if (stray !== undefined) throw configInvalid(stray, `${settingCalled(stray)} does not go with ${what}`)
}
