-- Adds the numbers below 5e7 in a while loop: dispatch and small ints.
local function run(n)
  local total, i = 0, 0
  while i < n do
    total = total + i
    i = i + 1
  end
  return total
end
local n = tonumber(arg[1] or 50000000)
local start = os.clock()
local result = run(n)
print("result " .. string.format("%.0f", result) .. " seconds " .. string.format("%.6f", os.clock() - start))
