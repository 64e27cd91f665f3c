/** Whether a setting names the parts that work in this process, without a model. */
export function isLocal(named: unknown): boolean {
  return named === 'local' || named === 'local:'
}
