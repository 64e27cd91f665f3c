export type { Analyzer, Word } from './analyzer.ts'
export { base32 } from './base32.ts'
export type { Cache, CacheKind, CacheLookup, PutOptions, ScopedCache, UserCache } from './cache.ts'
export type { Embedder, EmbedOptions } from './embedder.ts'
export { GraphMemError, type GraphMemErrorCode, type GraphMemErrorOptions } from './errors.ts'
export type { Diagnosis, Finding, FindingCode, FindingExample } from './finding.ts'
export type {
  Applied,
  ApplyOptions,
  CallOptions,
  EraseOptions,
  ErasureReceipt,
  GraphChanges,
  GraphStore,
  GraphStoreCapabilities,
  Head,
  ScopedGraph,
  UserMemories,
} from './graph-store.ts'
export { heard } from './heard.ts'
export type {
  AnswerSchema,
  GenerateOptions,
  GenerateRequest,
  Generation,
  LanguageModel,
  ModelMessage,
  ModelUsage,
} from './language-model.ts'
export type { ModelCalls, ModelOptions, ModelPurpose } from './model-calls.ts'
export { type FailedRequest, modelFailure } from './model-failure.ts'
export type {
  EntityDescription,
  EntityPair,
  Evidence,
  EvidenceEntity,
  EvidenceFact,
  EvidencePassage,
  ExtractedFact,
  ExtractedName,
  Extraction,
  Judgement,
  Known,
  KnownFact,
  Passage,
  Question,
  ReasonedAnswer,
  Reasoner,
  RequestSize,
  Self,
} from './reasoner.ts'
export {
  type Assertion,
  type Chunk,
  type Correction,
  type Decision,
  type EntityType,
  type Episode,
  entityTypes,
  type Fact,
  type FactObject,
  type Mention,
  type RecordKind,
  type Records,
  recordKinds,
  type Sense,
} from './records.ts'
export { type RemoteVectors, remoteEmbedder } from './remote-embedder.ts'
export { assertScope, type MemoryId, maxIdBytes, type Scope, scope, type UserId, userId } from './scope.ts'
export { fileName, hostLabel, keySegment, scopeKey, userKey } from './scope-codec.ts'
export type { Segment, SegmentInfo } from './segment.ts'
export { fromStoredText, toStoredText } from './stored-text.ts'
export type { TextSpan } from './text-span.ts'
export type { Instant, Precision, ValidTime } from './time.ts'
export { unlessAborted } from './unless-aborted.ts'
