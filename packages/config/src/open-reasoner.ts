import { languageModelReasoner, type Reasoner } from '@graphmem/core'
import { configInvalid } from './config-invalid.ts'
import { importAdapter } from './import-adapter.ts'
import { isLocal } from './is-local.ts'
import { openLanguageModel } from './open-language-model.ts'
import { refuseStrayDetails } from './refuse-stray-details.ts'
import { settingCalled } from './setting-called.ts'
import type { ModelSettings } from './settings.ts'

/**
 * Opens what reads and answers: what `reasoner` names, or one on the language model that `llm` names.
 *
 * @throws GraphMemError `CONFIG_INVALID`
 */
export async function openReasoner(settings: ModelSettings): Promise<Reasoner> {
  const { reasoner, llm } = settings
  if (reasoner !== undefined && llm !== undefined)
    throw configInvalid('llm', `${settingCalled('llm')} and ${settingCalled('reasoner')} both say what reads and answers. Keep one`)
  if (llm === undefined) {
    refuseStrayDetails('llm', settings, `no model: ${settingCalled('llm')} is not set`)
    return withoutModel(reasoner)
  }
  if (!isLocal(llm)) return languageModelReasoner(await openLanguageModel(settings))
  refuseStrayDetails('llm', settings, `\`local\`, which ${settingCalled('llm')} is`)
  return withoutModel('local:')
}

async function withoutModel(reasoner: ModelSettings['reasoner'] = 'local:'): Promise<Reasoner> {
  if (typeof reasoner !== 'string') return reasoner
  if (!isLocal(reasoner)) {
    const instead = `There is local:; a language model is ${settingCalled('llm')}`
    throw configInvalid('reasoner', `${settingCalled('reasoner')} is no known reasoner. ${instead}`)
  }
  const { localReasoner } = await importAdapter('reasoner', '@graphmem/llm-local', () => import('@graphmem/llm-local'))
  return localReasoner()
}
