import { configInvalid } from './config-invalid.ts'
import type { NamedSetting } from './named-setting.ts'
import { nearest } from './nearest.ts'
import { pythonSettings } from './python-settings.ts'
import { checkedSettings, type GraphMemSettings, numberNames, type SettingName, settingNames, variableOf } from './settings.ts'

/** What a config file alone can give. */
const objects: ReadonlySet<SettingName> = new Set(['modelLimits', 'prices', 'budgetPerUser', 'analyzer', 'weights', 'observer', 'clock'])
const nameOfVariable = new Map(settingNames.filter((name) => !objects.has(name)).map((name) => [variableOf(name), name]))

/** Variables of programs and of this project's tests, which are no settings. */
const others = /^GRAPHMEM_(USER|DEBUG|TO_STORE_(USER|PASSWORD|DATABASE|TOKEN)|DATASETS|ONNX_MODEL|TEST_\w+|SERVER_\w+)$/

/**
 * The settings that the environment names. A variable that is empty counts as not set.
 *
 * @throws GraphMemError `CONFIG_INVALID` when a variable `GRAPHMEM_…` is unknown, or two name one setting with different values
 */
export function settingsFromEnvironment(env: Readonly<Record<string, string | undefined>>): {
  readonly settings: GraphMemSettings
  readonly storeVariable: string | undefined
} {
  const variables = new Map(
    Object.entries(env).flatMap(([variable, value]): readonly [string, string][] =>
      variable.startsWith('GRAPHMEM_') && !others.test(variable) && value !== undefined && value !== '' ? [[variable, value]] : [],
    ),
  )
  const python = pythonSettings(variables)
  const own = [...variables].flatMap(([variable, value]): readonly NamedSetting[] => {
    const name = nameOfVariable.get(variable)
    return name === undefined ? [] : [{ variable, name, value }]
  })
  const named = new Map<SettingName, NamedSetting>()
  for (const setting of [...own, ...python.settings]) {
    const before = named.get(setting.name)
    if (before !== undefined && before.value !== setting.value) throw differ(before, setting)
    named.set(setting.name, before ?? setting)
  }
  const unknown = [...variables.keys()].find((variable) => !nameOfVariable.has(variable) && !python.understood.has(variable))
  if (unknown !== undefined) throw configInvalid(unknown, `there is no setting ${unknown}${didYouMean(unknown)}`)
  const given = Object.fromEntries([...named].map(([name, { value }]) => [name, numberNames.has(name) ? Number(value) : value]))
  const variableNamed = (name: string) => [...named.values()].find((setting) => setting.name === name)?.variable ?? name
  return { settings: checkedSettings(given, 'the environment', variableNamed), storeVariable: named.get('store')?.variable }
}

function differ(a: NamedSetting, b: NamedSetting): Error {
  return configInvalid(a.name, `${a.variable} and ${b.variable} name the same setting, and differ. Keep ${variableOf(a.name)} alone`)
}

function didYouMean(variable: string): string {
  const meant = nearest(variable, [...nameOfVariable.keys()])
  return meant === undefined ? `. The settings are ${[...nameOfVariable.keys()].join(', ')}` : `. Did you mean ${meant}?`
}
