/** What a server that many share lets nobody set: it would change the connection or the files under others. */
const settable = [
  'user_version',
  'foreign_keys',
  'defer_foreign_keys',
  'table_info',
  'table_xinfo',
  'index_list',
  'index_info',
  'index_xinfo',
]
const never = ['wal_checkpoint', 'optimize', 'shrink_memory', 'incremental_vacuum', 'case_sensitive_like', 'ignore_check_constraints']

/** Whether a libSQL server takes a statement that its engine would: it refuses VACUUM, ATTACH, temporary tables, and most settings. */
export function isAllowedStatement(sql: string): boolean {
  const [, name = '', assignment] = /^\s*PRAGMA\s+(?:\w+\.)?(\w+)\s*([=(])?/i.exec(sql) ?? []
  if (name !== '') return !never.includes(name.toLowerCase()) && (assignment === undefined || settable.includes(name.toLowerCase()))
  return !/^\s*(VACUUM|ATTACH|DETACH|CREATE\s+TEMP)/i.test(sql)
}
