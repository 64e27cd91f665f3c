import { languageModelReasoner, type Reasoner } from '@graphmem/core'
import { configInvalid } from './config-invalid.ts'
import { importAdapter } from './import-adapter.ts'
import { isLocal } from './is-local.ts'
import { openLanguageModel } from './open-language-model.ts'
import { refuseStrayDetails } from './refuse-stray-details.ts'
import { settingCalled } from './setting-called.ts'
import type { GraphMemSettings } from './settings.ts'

/**
 * Opens what reads and answers: what `reasoner` names, or one on the language model that `llm` names.
 *
 * @throws GraphMemError `CONFIG_INVALID`
 */
export async function openReasoner(settings: GraphMemSettings): Promise<Reasoner> {
  const { reasoner, llm } = settings
  if (reasoner !== undefined && llm !== undefined)
    throw configInvalid('llm', `${settingCalled('llm')} and ${settingCalled('reasoner')} both say what reads and answers. Keep one`)
  if (llm === undefined) refuseStrayDetails('llm', settings, `no model: ${settingCalled('llm')} is not set`)
  if (llm !== undefined && !isLocal(llm)) return languageModelReasoner(await openLanguageModel(settings))
  if (llm !== undefined) refuseStrayDetails('llm', settings, `\`local\`, which ${settingCalled('llm')} is`)
  if (reasoner !== undefined && typeof reasoner !== 'string') return reasoner
  if (reasoner !== undefined && !isLocal(reasoner))
    throw configInvalid(
      'reasoner',
      `${settingCalled('reasoner')} is no known reasoner. There is local:; a language model is ${settingCalled('llm')}`,
    )
  const { localReasoner } = await importAdapter('reasoner', '@graphmem/llm-local', () => import('@graphmem/llm-local'))
  return localReasoner()
}
