-- Returns the clock in seconds and microseconds, and what is under each of KEYS.
local time = redis.call('TIME')
local found = {}
for i, key in ipairs(KEYS) do
  found[i] = redis.call('GET', key)
end
return {time[1], time[2], found}
