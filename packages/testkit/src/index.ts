export { type BrokenCache, brokenCaches } from './broken/broken-caches.ts'
export { type BrokenEmbedder, brokenEmbedders } from './broken/broken-embedders.ts'
export { type BrokenModel, brokenModels } from './broken/broken-models.ts'
export { type BrokenStore, brokenStores } from './broken/broken-stores.ts'
export type { CacheCase, CacheContext, CacheUnderTest, CreateCache } from './cache-case.ts'
export { cacheCases } from './cache-cases.ts'
export type { CreateStore, StoreUnderTest } from './create-store.ts'
export { everyCall } from './every-call.ts'
export { graphStoreCases } from './graph-store-cases.ts'
export { hostileIds, hostileScopes } from './hostile-ids.ts'
export { memoryOf } from './memory-of.ts'
export { confusableScopes } from './probes/confusable-scopes.ts'
export type { Finding, IsolationReport, ProbeOptions } from './probes/isolation-report.ts'
export type { Judge } from './probes/judge.ts'
export { probeCacheIsolation } from './probes/probe-cache-isolation.ts'
export { probeIsolation } from './probes/probe-isolation.ts'
export { runTales, type Stage } from './probes/run-tales.ts'
export { asText, told } from './probes/told.ts'
export { wideningTexts } from './probes/widening-texts.ts'
export { embedderCases } from './provider/embedder-cases.ts'
export type { EmbedderCase, EmbedderContext, ModelCase, ModelContext } from './provider/model-case.ts'
export { modelCases } from './provider/model-cases.ts'
export { openaiChatWire, openaiEmbeddingsWire } from './provider/openai-wire.ts'
export { planted, tellsNothing } from './provider/planted.ts'
export { type ProviderDouble, type RecordedRequest, type Reply, startProviderDouble, type WireReply } from './provider/provider-double.ts'
export type { EmbedderUnderTest, Endpoint, ModelUnderTest } from './provider/provider-under-test.ts'
export type {
  EmbedderWire,
  FailureWire,
  ModelWire,
  SentToEmbedder,
  SentToModel,
  WireAnswer,
  WireFailure,
} from './provider/provider-wire.ts'
export { runEmbedderCase, runModelCase } from './provider/run-model-case.ts'
export { build, bytesOf, numberedIds, oneOfEach, segment } from './record-builders.ts'
export { runCacheCase } from './run-cache-case.ts'
export { type RunMode, runStoreCase } from './run-store-case.ts'
export type { CaseScopes, StoreCase, StoreContext, StoreTheme } from './store-case.ts'
export { withOwn } from './with-own.ts'
export { write } from './write.ts'
