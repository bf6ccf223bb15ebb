-- fib(32) by double recursion: calls and returns.
local function fib(n)
  if n < 2 then return n end
  return fib(n - 1) + fib(n - 2)
end
local n = tonumber(arg[1] or 32)
local start = os.clock()
local result = fib(n)
print("result " .. string.format("%.0f", result) .. " seconds " .. string.format("%.6f", os.clock() - start))
