// Opens the settings of the first argument with the packages of the second taken for not installed, and prints which of ours were imported, and the error.
import { registerHooks } from 'node:module'

const [settings, absent] = process.argv.slice(2).map((text) => JSON.parse(text))
const imported = new Set()

registerHooks({
  resolve(specifier, context, next) {
    if (absent.includes(specifier)) {
      const parent = new URL(context.parentURL).pathname
      throw Object.assign(new Error(`Cannot find package '${specifier}' imported from ${parent}`), { code: 'ERR_MODULE_NOT_FOUND' })
    }
    if (!/^[./]|^node:|^file:/.test(specifier)) imported.add(specifier)
    return next(specifier, context)
  },
})

const { openGraphMem } = await import('@graphmem/config')
let message
try {
  await (await openGraphMem(settings)).close()
} catch (error) {
  message = error.message
}
console.log(JSON.stringify({ imported: [...imported], message }))
