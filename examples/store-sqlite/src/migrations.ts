/**
 * What makes a database of version n one of version n + 1. Append to the list; never change what was published.
 *
 * The head of a memory is its last apply. A record's body is the whole record as JSON, and the only truth about it: the indexes read it.
 */
export const migrations: readonly string[] = [
  `
  create table applies (
    user_id text not null, memory_id text not null, version integer not null,
    apply_id text not null, incarnation text not null, generation text not null,
    primary key (user_id, memory_id, version),
    unique (user_id, memory_id, apply_id)
  ) strict;

  create table records (
    user_id text not null, memory_id text not null, kind text not null, id text not null,
    body text not null,
    primary key (user_id, memory_id, kind, id)
  ) strict;
  create index episodes_by_key on records (user_id, memory_id, body ->> '$.key') where kind = 'episodes';
  create index senses_by_block on records (user_id, memory_id, body ->> '$.block') where kind = 'senses';

  create table segments (
    user_id text not null, memory_id text not null, id text not null,
    first_version integer not null, last_version integer not null, bytes blob not null,
    primary key (user_id, memory_id, id)
  ) strict;
  `,
]
