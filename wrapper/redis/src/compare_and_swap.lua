-- Writes all of KEYS and returns 1, or writes none and returns 0 if one has another version than expected.
-- ARGV has three entries for each key: the expected version, the time to live in milliseconds (0 deletes), the value.
-- What is stored is the version, a space and the value.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local versions = {}
for i, key in ipairs(KEYS) do
  local found = redis.call('GET', key)
  versions[i] = found and string.match(found, '^%d+') or '0'
  if versions[i] ~= ARGV[3 * i - 2] then
    return 0
  end
end
for i, key in ipairs(KEYS) do
  local ttl = ARGV[3 * i - 1]
  if ttl == '0' then
    redis.call('DEL', key)
  else
    -- By the clock, so that a record which was deleted or lost does not come back with a version that some process still
    -- remembers.
    local version = math.max(now, versions[i] + 1)
    redis.call('SET', key, string.format('%.0f ', version) .. ARGV[3 * i], 'PX', ttl)
  end
end
return 1
