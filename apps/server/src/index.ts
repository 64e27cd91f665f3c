export { type ServerParts, serverApp } from './server-app.ts'
export { type ServerSettings, serverSettings } from './server-settings.ts'
export { type RunningServer, startServer } from './start-server.ts'
export { makeApiKey, type StoredKey } from './who/api-keys.ts'
