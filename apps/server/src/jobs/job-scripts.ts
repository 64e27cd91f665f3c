/**
 * What happens to a job in Redis, each in one step. A job is a hash, with its status; its work, which holds text, is a key of its own. `line` has all
 * that wait, by their labels, `waiting` those of one user, by their ids, and `fair` the tags of a fair line (see `FairLine`): the field `now`, and a
 * field a user. Channels tell labels.
 *
 * Tags are BullMQ's priorities, which end at 2^21: in a line that was not empty for so long (170,000 turns of weight 1), those beyond go in the order of
 * their coming.
 */

const tagged = `
local function tagged(fair, line, user, turn)
  if redis.call('SCARD', line) == 0 then redis.call('DEL', fair) end
  local now = tonumber(redis.call('HGET', fair, 'now') or 0)
  local last = tonumber(redis.call('HGET', fair, user) or 0)
  local tag = math.min(math.max(now, last) + turn, 2097152)
  redis.call('HSET', fair, user, tag)
  return tag
end
`

const line = `
local function enter(waiting, line, id, label, keepMs)
  redis.call('SADD', waiting, id)
  redis.call('PEXPIRE', waiting, keepMs)
  redis.call('SADD', line, label)
end
local function leave(waiting, line, id, label)
  redis.call('SREM', waiting, id)
  redis.call('SREM', line, label)
end
`

/** Forgets what has ended where the works of a user's jobs would be too many bytes, and the oldest that have ended where they are too many. */
const makeRoom = `
local function hasEnded(jobOf, id)
  local status = redis.call('HGET', jobOf .. id, 'status')
  return status ~= 'waiting' and status ~= 'active'
end
local function hasRoom(sizes, jobOf, workOf, bytes, mostBytes)
  local kept = redis.call('HGETALL', sizes)
  local total = 0
  for place = 2, #kept, 2 do total = total + tonumber(kept[place]) end
  if total == 0 or total + bytes <= mostBytes then return true end
  for place = 1, #kept, 2 do
    if hasEnded(jobOf, kept[place]) then
      redis.call('DEL', workOf .. kept[place])
      redis.call('HDEL', sizes, kept[place])
      total = total - tonumber(kept[place + 1])
    end
  end
  return total == 0 or total + bytes <= mostBytes
end
local function trim(sizes, jobs, jobOf, workOf, most)
  local beyond = redis.call('ZCARD', jobs) - most
  if beyond <= 0 then return end
  for _, id in ipairs(redis.call('ZRANGE', jobs, 0, beyond - 1)) do
    if hasEnded(jobOf, id) then
      redis.call('DEL', jobOf .. id, workOf .. id)
      redis.call('HDEL', sizes, id)
      redis.call('ZREM', jobs, id)
    end
  end
end
`

/** Puts a job among those of its user, as the newest. */
const noted = `
local function noted(jobs, id, waitMs)
  local time = redis.call('TIME')
  local micros = time[1] * 1000000 + time[2]
  redis.call('ZADD', jobs, string.format('%.0f', micros), id)
  redis.call('ZREMRANGEBYSCORE', jobs, '-inf', string.format('%.0f', micros - 2000 * waitMs))
  redis.call('PEXPIRE', jobs, 2 * waitMs)
end
`

/** 0 when too much of the user waits; else the job is there, if it was not before. */
const enterJob = `${tagged}${line}${makeRoom}${noted}
local job, work, jobs, waiting, all, fair, sizes = unpack(KEYS)
local id, label, user, memoryId, hash, content, createdAt, mostWaiting, waitMs, turn, bytes, mostBytes, mostKept, jobOf, workOf = unpack(ARGV)
if redis.call('EXISTS', job) == 1 then return 1 end
if redis.call('SCARD', waiting) >= tonumber(mostWaiting) then return 0 end
if not hasRoom(sizes, jobOf, workOf, tonumber(bytes), tonumber(mostBytes)) then return 0 end
trim(sizes, jobs, jobOf, workOf, tonumber(mostKept) - 1)
local tag = tagged(fair, all, user, tonumber(turn))
enter(waiting, all, id, label, waitMs)
redis.call('HSET', job, 'id', id, 'memoryId', memoryId, 'status', 'waiting', 'done', 0, 'total', 0, 'createdAt', createdAt,
  'hash', hash, 'attempt', 1, 'tag', tag)
redis.call('PEXPIRE', job, waitMs)
redis.call('SET', work, content, 'PX', waitMs)
redis.call('HSET', sizes, id, bytes)
redis.call('PEXPIRE', sizes, 2 * waitMs)
noted(jobs, id, waitMs)
return 1
`

/** Puts a job that has ended in the line again, if its work is kept. */
const retryJob = `${tagged}${line}${noted}
local job, work, jobs, waiting, all, fair = unpack(KEYS)
local id, label, user, createdAt, waitMs, channel, turn = unpack(ARGV)
local status = redis.call('HGET', job, 'status')
if (status ~= 'failed' and status ~= 'cancelled' and status ~= 'done') or redis.call('EXISTS', work) == 0 then return end
local tag = tagged(fair, all, user, tonumber(turn))
enter(waiting, all, id, label, waitMs)
redis.call('HDEL', job, 'endedAt', 'result', 'problem', 'stop')
redis.call('HSET', job, 'status', 'waiting', 'done', 0, 'total', 0, 'createdAt', createdAt, 'tag', tag)
redis.call('HINCRBY', job, 'attempt', 1)
redis.call('PEXPIRE', job, waitMs)
redis.call('PEXPIRE', work, waitMs)
noted(jobs, id, waitMs)
redis.call('PUBLISH', channel, label)
`

/** `begun`; `stopped` for one that was called off; `gone` for one that is not to be done, or not any more. */
const beginJob = `${line}
local job, waiting, all, fair = unpack(KEYS)
local id, label, attempt, channel = unpack(ARGV)
local found = redis.call('HMGET', job, 'attempt', 'status', 'stop', 'tag')
if found[1] ~= attempt or (found[2] ~= 'waiting' and found[2] ~= 'active') then return 'gone' end
leave(waiting, all, id, label)
if tonumber(found[4]) > tonumber(redis.call('HGET', fair, 'now') or 0) then redis.call('HSET', fair, 'now', found[4]) end
if found[3] then return 'stopped' end
redis.call('HSET', job, 'status', 'active')
redis.call('PUBLISH', channel, label)
return 'begun'
`

/** Says how far a job is; 1 when it was called off meanwhile. */
const progressJob = `
local job = KEYS[1]
local label, attempt, done, total, channel = unpack(ARGV)
local found = redis.call('HMGET', job, 'attempt', 'status', 'stop')
if found[1] ~= attempt then return 1 end
if found[2] == 'active' then
  redis.call('HSET', job, 'done', done, 'total', total)
  redis.call('PUBLISH', channel, label)
end
return found[3] and 1 or 0
`

/** Ends a job: for a day it can be read, and tried again unless all of it is done: then its text is gone at once. One that has ended stays as it is. */
const endJob = `${line}
local job, work, waiting, all, sizes = unpack(KEYS)
local id, label, attempt, status, endedAt, field, content, keepMs, channel, isWhole = unpack(ARGV)
local found = redis.call('HMGET', job, 'attempt', 'status')
if found[1] ~= attempt or (found[2] ~= 'waiting' and found[2] ~= 'active') then return end
leave(waiting, all, id, label)
redis.call('HSET', job, 'status', status, 'endedAt', endedAt)
if field ~= '' then redis.call('HSET', job, field, content) end
redis.call('PEXPIRE', job, keepMs)
if isWhole == '1' then
  redis.call('DEL', work)
  redis.call('HDEL', sizes, id)
else
  redis.call('PEXPIRE', work, keepMs)
end
redis.call('PUBLISH', channel, label)
`

/** Calls a job off: at once when it waits, and else whoever is at it is told. */
const cancelJob = `${line}
local job, work, waiting, all = unpack(KEYS)
local id, label, endedAt, keepMs, channel, stops = unpack(ARGV)
local status = redis.call('HGET', job, 'status')
if status == 'waiting' then
  leave(waiting, all, id, label)
  redis.call('HSET', job, 'status', 'cancelled', 'endedAt', endedAt)
  redis.call('PEXPIRE', job, keepMs)
  redis.call('PEXPIRE', work, keepMs)
  redis.call('PUBLISH', channel, label)
elseif status == 'active' then
  redis.call('HSET', job, 'stop', 1)
  redis.call('PUBLISH', stops, label)
end
`

/** By the names that their commands have in Redis clients. */
export const jobScripts = { enterJob, retryJob, beginJob, progressJob, endJob, cancelJob }
