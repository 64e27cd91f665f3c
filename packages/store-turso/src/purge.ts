import type { Client } from '@libsql/client'

/** Where more pages than this are, the number of the next overflow page could be taken for the kind of a page. */
const maxPages = 0x2000000

/**
 * Takes what was deleted out of the file. `secure_delete` overwrites rows where they stood last, but a page that gave rows to another one as a
 * tree was balanced keeps them in its unused middle: this overwrites the middles, in one transaction, and then empties the write-ahead log.
 * It reads every page of the database.
 *
 * Returns what it could not do, in words. Never rejects: what is to be purged is deleted already.
 */
export async function purge(client: Client, schema: string): Promise<readonly string[]> {
  try {
    if (!(await isPlain(client, schema))) return [remnants]
    await client.batch([overwriteMiddles(schema)], 'write')
    const { rows } = await client.execute(`PRAGMA ${schema}.wal_checkpoint(TRUNCATE)`)
    return Number(rows[0]?.[0]) === 0 ? [] : [logInUse]
  } catch {
    return [remnants]
  }
}

const remnants =
  'Unused parts of the database file could not be overwritten, and may hold what was deleted. Run VACUUM and PRAGMA wal_checkpoint(TRUNCATE) on it.'

const logInUse =
  'Someone else was reading the database, so its write-ahead log could not be emptied, and may hold what was deleted until the next checkpoint.'

/** Whether all pages are of the kinds told apart below. A file that vacuums itself has others; ours do not. */
async function isPlain(client: Client, schema: string): Promise<boolean> {
  const [autoVacuum, pageCount] = await client.batch([`PRAGMA ${schema}.auto_vacuum`, `PRAGMA ${schema}.page_count`], 'deferred')
  return Number(autoVacuum?.rows[0]?.[0]) === 0 && Number(pageCount?.rows[0]?.[0]) < maxPages
}

/**
 * The middle of a page of a tree lies between its list of cells and their content (https://sqlite.org/fileformat2.html#b_tree_pages): a
 * header of 12 or 8 bytes by the kind of page, behind 100 bytes on the first one; two bytes for each cell; where the content begins. A number
 * is read out of bytes as hexadecimal JSON5.
 */
function overwriteMiddles(schema: string): string {
  return `
    WITH page AS (
      SELECT pgno, data, iif(pgno = 1, 100, 0) AS header FROM sqlite_dbpage('${schema}')
    ), tree AS (
      SELECT pgno, data,
        header + CASE hex(substr(data, header + 1, 1)) WHEN '02' THEN 12 WHEN '05' THEN 12 WHEN '0A' THEN 8 WHEN '0D' THEN 8 END
          + 2 * (('0x' || hex(substr(data, header + 4, 2))) ->> '$') AS middle,
        ('0x' || hex(substr(data, header + 6, 2))) ->> '$' AS content
      FROM page
    )
    UPDATE sqlite_dbpage
    SET data = CAST(substr(tree.data, 1, middle) || zeroblob(content - middle) || substr(tree.data, content + 1) AS BLOB)
    FROM tree
    WHERE sqlite_dbpage.schema = '${schema}' AND sqlite_dbpage.pgno = tree.pgno
      AND middle < content AND substr(tree.data, middle + 1, content - middle) <> zeroblob(content - middle)`
}
