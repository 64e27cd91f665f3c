/**
 * The first tables. Each has the scope first in its key and in every index. Long rows are in tables with a rowid, because in one without it
 * every text of more than a quarter of a page would take pages of its own.
 */
export const migration1: readonly string[] = [
  `CREATE TABLE {schema}.migrations (
     version INTEGER PRIMARY KEY,
     applied_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
   ) STRICT`,
  // The user whom the file belongs to; empty where users share it.
  `CREATE TABLE {schema}.owner (
     user_id TEXT NOT NULL PRIMARY KEY
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE {schema}.memories (
     user_id TEXT NOT NULL, memory_id TEXT NOT NULL,
     incarnation TEXT NOT NULL, version INTEGER NOT NULL, generation TEXT NOT NULL,
     PRIMARY KEY (user_id, memory_id)
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE {schema}.episodes (
     user_id TEXT NOT NULL, memory_id TEXT NOT NULL, id TEXT NOT NULL,
     key TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, title TEXT, source TEXT, at INTEGER, session TEXT, sequence INTEGER,
     role TEXT, speaker TEXT, tags TEXT NOT NULL, metadata TEXT NOT NULL, importance TEXT, content_hash TEXT NOT NULL,
     chunk_count INTEGER NOT NULL, recorded_at INTEGER NOT NULL, retired_at INTEGER,
     PRIMARY KEY (user_id, memory_id, id)
   ) STRICT`,
  `CREATE INDEX {schema}.episodes_by_key ON episodes (user_id, memory_id, key)`,
  `CREATE TABLE {schema}.chunks (
     user_id TEXT NOT NULL, memory_id TEXT NOT NULL, id TEXT NOT NULL,
     episode_id TEXT NOT NULL, position INTEGER NOT NULL, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, text TEXT NOT NULL,
     sentences TEXT NOT NULL, mentions TEXT NOT NULL, recorded_at INTEGER NOT NULL,
     PRIMARY KEY (user_id, memory_id, id)
   ) STRICT`,
  `CREATE TABLE {schema}.senses (
     user_id TEXT NOT NULL, memory_id TEXT NOT NULL, id TEXT NOT NULL,
     key TEXT NOT NULL, discriminator TEXT NOT NULL, block TEXT NOT NULL,
     PRIMARY KEY (user_id, memory_id, id)
   ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX {schema}.senses_by_block ON senses (user_id, memory_id, block)`,
  `CREATE TABLE {schema}.decisions (
     user_id TEXT NOT NULL, memory_id TEXT NOT NULL, id TEXT NOT NULL,
     verdict TEXT NOT NULL, sense_a TEXT NOT NULL, sense_b TEXT NOT NULL, rule TEXT NOT NULL, confidence TEXT NOT NULL, chunk_id TEXT,
     recorded_at INTEGER NOT NULL,
     PRIMARY KEY (user_id, memory_id, id)
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE {schema}.facts (
     user_id TEXT NOT NULL, memory_id TEXT NOT NULL, id TEXT NOT NULL,
     subject_id TEXT NOT NULL, predicate TEXT NOT NULL, object_id TEXT, object_value TEXT, object_value_type TEXT,
     exclusive INTEGER NOT NULL, from_at INTEGER,
     PRIMARY KEY (user_id, memory_id, id)
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE {schema}.assertions (
     user_id TEXT NOT NULL, memory_id TEXT NOT NULL, id TEXT NOT NULL,
     fact_id TEXT NOT NULL, chunk_id TEXT NOT NULL, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL,
     valid_from INTEGER, valid_from_precision TEXT, valid_until INTEGER, valid_until_precision TEXT,
     negated INTEGER NOT NULL, confidence TEXT NOT NULL,
     PRIMARY KEY (user_id, memory_id, id)
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE {schema}.corrections (
     user_id TEXT NOT NULL, memory_id TEXT NOT NULL, id TEXT NOT NULL,
     verdict TEXT NOT NULL, target_kind TEXT NOT NULL, target_id TEXT NOT NULL, reason TEXT, recorded_at INTEGER NOT NULL,
     PRIMARY KEY (user_id, memory_id, id)
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE {schema}.segments (
     user_id TEXT NOT NULL, memory_id TEXT NOT NULL, id TEXT NOT NULL,
     first_version INTEGER NOT NULL, last_version INTEGER NOT NULL, bytes BLOB NOT NULL,
     PRIMARY KEY (user_id, memory_id, id)
   ) STRICT`,
  `CREATE TABLE {schema}.applies (
     user_id TEXT NOT NULL, memory_id TEXT NOT NULL, version INTEGER NOT NULL,
     apply_id TEXT NOT NULL, incarnation TEXT NOT NULL, generation TEXT NOT NULL,
     PRIMARY KEY (user_id, memory_id, version),
     UNIQUE (user_id, memory_id, apply_id)
   ) STRICT, WITHOUT ROWID`,
]
