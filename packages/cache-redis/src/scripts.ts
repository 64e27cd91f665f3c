import { createHash } from 'node:crypto'

/** A step that Redis does as a whole, in one round trip. */
export interface Script {
  readonly lua: string
  readonly sha1: string
}

/**
 * Each user has a sorted set: the names of the user's entries, by when they end, and the user's ticket, a random word without an end. An
 * erasure deletes the set with what it names, so that a ticket from before is unknown afterwards, and no key is left to say so.
 *
 * KEYS: the set, the entry. ARGV: a new ticket, how long the set is kept, in milliseconds.
 */
export const getScript: Script = script(`
local ticket = redis.call('ZRANGEBYSCORE', KEYS[1], '+inf', '+inf', 'LIMIT', 0, 1)[1]
if not ticket then
  ticket = ARGV[1]
  redis.call('ZADD', KEYS[1], '+inf', ticket)
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return { redis.call('GET', KEYS[2]), ticket }`)

/** KEYS: the set, the entry. ARGV: the ticket, the bytes, how long to keep them, how long the set is kept beyond, in milliseconds. */
export const putScript: Script = script(`
if redis.call('ZSCORE', KEYS[1], ARGV[1]) ~= 'inf' then return 0 end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], string.format('%.0f', now + ARGV[3]), KEYS[2])
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. string.format('%.0f', now))
local keep = ARGV[3] + ARGV[4]
if redis.call('PTTL', KEYS[1]) < keep then redis.call('PEXPIRE', KEYS[1], string.format('%.0f', keep)) end
return 1`)

/**
 * KEYS: the set, and how the names of the entries to delete begin; all, without such. What the set names is in its own slot.
 * What is left of a user who keeps other entries gets a new ticket at the next look.
 */
export const eraseScript: Script = script(`
local erased = 0
for _, name in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  local ours = #KEYS == 1
  for start = 2, #KEYS do
    if string.sub(name, 1, #KEYS[start]) == KEYS[start] then ours = true end
  end
  if redis.call('ZSCORE', KEYS[1], name) == 'inf' then
    redis.call('ZREM', KEYS[1], name)
  elseif ours then
    erased = erased + redis.call('UNLINK', name)
    redis.call('ZREM', KEYS[1], name)
  end
end
return erased`)

function script(lua: string): Script {
  return { lua: lua.trim(), sha1: createHash('sha1').update(lua.trim()).digest('hex') }
}
