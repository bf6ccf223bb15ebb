-- Sieve of 5e5 numbers, ten times: table reads and writes.
local function run(size, rounds)
  local count = 0
  for _ = 1, rounds do
    local flags = {}
    for i = 1, size + 1 do flags[i] = true end
    count = 0
    local i = 2
    while i <= size do
      if flags[i] then
        count = count + 1
        local k = i + i
        while k <= size do
          flags[k] = false
          k = k + i
        end
      end
      i = i + 1
    end
  end
  return count
end
local size = tonumber(arg[1] or 500000)
local start = os.clock()
local result = run(size, 10)
print("result " .. string.format("%.0f", result) .. " seconds " .. string.format("%.6f", os.clock() - start))
