/** What an attacker puts where an id, a key or a value of a filter is asked for, hoping that it stands for more. All are plain texts. */
export const wideningTexts: readonly string[] = [
  // globs, LIKE and regular expressions
  '*',
  '%',
  '_',
  '?',
  '.*',
  '[a-z]*',
  '^',
  '\\%',
  // SQL
  "' OR '1'='1",
  "') OR 1=1 --",
  "x' UNION SELECT * FROM episodes --",
  '"; DELETE FROM episodes; --',
  ':userId',
  '$1',
  // Cypher
  "' OR true //",
  "'}) MATCH (n) RETURN n //",
  '`}) DETACH DELETE n //',
  '$scope.userId',
  // Lucene
  '*:*',
  'userId:* OR memoryId:*',
  '(a OR b) AND NOT c~2^4',
  // Redis, Lua and templates
  '*}:query:*',
  '{user}',
  '{scope}',
  '{memory}:',
  "'..redis.call('KEYS','*')..'",
  // what JavaScript has already
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'null',
  'undefined',
  // paths
  '../',
  '..\\..\\',
  '%2e%2e%2f',
]
