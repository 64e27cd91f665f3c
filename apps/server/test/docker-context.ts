import dockerignore from '@balena/dockerignore'

/** Whether Docker leaves a path of the context out, as a `.dockerignore` says. */
export function ignoredBy(rules: string): (path: string) => boolean {
  const context = dockerignore.default().add(rules.split('\n'))
  return (path) => path !== '' && context.ignores(path)
}
