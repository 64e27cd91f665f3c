import { configInvalid } from './config-invalid.ts'

export interface OnnxEmbedderOptions {
  /**
   * A folder with the files of one sentence-transformers model: `model.onnx` or `model_quantized.onnx`, beside the others or in `onnx/`;
   * `tokenizer.json`; and, where the model has them, `tokenizer_config.json`, `config.json`, `sentence_bert_config.json`, `modules.json`
   * and `1_Pooling/config.json`.
   */
  readonly folder: string
}

/** @throws GraphMemError `CONFIG_INVALID` */
export function folderOf(options: OnnxEmbedderOptions): string {
  if (typeof options !== 'object' || options === null) throw configInvalid('options', 'they are missing. Give `folder`')
  const unknownName = Object.keys(options).find((name) => name !== 'folder')
  if (unknownName !== undefined) throw configInvalid(unknownName, `there is no option \`${unknownName}\`. The only one is \`folder\``)
  const folder: unknown = options.folder
  if (typeof folder !== 'string' || folder === '') throw configInvalid('folder', 'it is missing. Give the path of a folder')
  return folder
}
