import type { GraphMemSettings } from './settings.ts'

/** What a config file gives: settings, or a function that makes them anew each time they are read. */
export type Config = GraphMemSettings | (() => GraphMemSettings | Promise<GraphMemSettings>)

/** Gives back what it is given, checked by the compiler: `export default defineConfig({ … })` in `graphmem.config.ts`. */
export function defineConfig(config: Config): Config {
  return config
}
