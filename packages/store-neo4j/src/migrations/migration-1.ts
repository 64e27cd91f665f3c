const labels = ['Episode', 'Chunk', 'Sense', 'Decision', 'Fact', 'Assertion', 'Correction', 'Segment', 'Apply']

/** The first constraints and indexes. Each has the scope first. */
export const migration1: readonly string[] = [
  'CREATE CONSTRAINT graphmem_format IF NOT EXISTS FOR (it:GraphMemFormat) REQUIRE it.name IS UNIQUE',
  'CREATE CONSTRAINT graphmem_memory IF NOT EXISTS FOR (it:Memory) REQUIRE (it.userId, it.memoryId) IS UNIQUE',
  ...labels.map(
    (label) =>
      `CREATE CONSTRAINT graphmem_${label.toLowerCase()} IF NOT EXISTS FOR (it:${label}) REQUIRE (it.userId, it.memoryId, it.id) IS UNIQUE`,
  ),
  'CREATE INDEX graphmem_episode_key IF NOT EXISTS FOR (it:Episode) ON (it.userId, it.memoryId, it.keyStart)',
  'CREATE INDEX graphmem_sense_block IF NOT EXISTS FOR (it:Sense) ON (it.userId, it.memoryId, it.blockStart)',
  'CREATE INDEX graphmem_apply_version IF NOT EXISTS FOR (it:Apply) ON (it.userId, it.memoryId, it.version)',
  'CALL db.awaitIndexes(300)',
]
