export { englishAnalyzer } from './analysis/english-analyzer.ts'
export type { Served } from './cache/result-cache.ts'
export type { ReembedOptions, ReembedProgress, ReembedResult } from './change/reembed.ts'
export type { ReindexOptions } from './change/reindex.ts'
export { GraphMem, type GraphMemOptions, type MemoryOptions, type User } from './graph-mem.ts'
export type { Estimate, EstimateItem } from './ingest/estimate.ts'
export type {
  DocumentInput,
  IngestedEpisode,
  IngestInput,
  IngestOptions,
  IngestProgress,
  IngestResult,
  TextInput,
  TurnInput,
} from './ingest/ingest-input.ts'
export { isoInstant } from './iso-instant.ts'
export type { CorrectionInput, EntitiesOptions, EpisodeSummary, FactsOptions, Forgotten, Memory, MemoryStats } from './memory.ts'
export { type Bill, type BillItem, totalBill } from './models/bill.ts'
export type { Budget, UserBudget } from './models/budget.ts'
export type { ModelLimits, ModelLimitsOption } from './models/model-limits.ts'
export { type ModelPrice, type Prices, type PublishedPrice, publishedPrices } from './models/prices.ts'
export type { MemoryEvent, Observer } from './observer.ts'
export { type PerUserOptions, perUser } from './placements/per-user.ts'
export { regional } from './placements/regional.ts'
export { type LanguageModelReasonerOptions, languageModelReasoner } from './reasoner/language-model-reasoner.ts'
export type { ExplainedChunk, ExplainedSignal, Explanation, PathStep, WhyNot } from './recall/explanation.ts'
export type {
  Citation,
  Filter,
  QueryOptions,
  QueryResult,
  QueryStage,
  RecalledChunk,
  RecallOptions,
  RecallResult,
  TimeOptions,
  Timings,
} from './recall/recall-result.ts'
export type { SignalName } from './recall/signals.ts'
export { type RecallWeights, recallWeights } from './recall/weights.ts'
export { maxTextLength } from './record-fields.ts'
export * from './spec/index.ts'
export type { RecordCounts, Transferred } from './transfer/export-format.ts'
export type { MoveOptions, MoveReceipt } from './transfer/move.ts'
export type { TextPieces } from './transfer/split-lines.ts'
export type { ApproximateDate, EntityReference, EntityView, FactView, PassagePlace } from './view/views.ts'
