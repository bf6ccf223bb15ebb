-- The programs of microthreads that bare coroutines can do: microthreads.lua NAME.
local name = arg[1]
local create, resume, yield = coroutine.create, coroutine.resume, coroutine.yield
local n = 1000000
local start = os.clock()
local function each(count) return (os.clock() - start) / count * 1e9 end

local function skynet(num, size, div)
  if size == 1 then
    yield(num)
    return
  end
  local children, sum = {}, 0
  for i = 0, div - 1 do children[i] = create(skynet) end
  for i = 0, div - 1 do
    local ok, value = resume(children[i], num + i * (size / div), size / div, div)
    sum = sum + value
  end
  yield(sum)
end

if name == "spawn" then
  local count = 0
  for i = 1, n do resume(create(function(k) count = count + k end), i) end
  print(("spawn ns/tasklet %.1f"):format(each(n)))
elseif name == "yields" then
  local all = {}
  for k = 1, 100 do all[k] = create(function() for i = 1, 20000 do yield() end end) end
  for i = 1, 20001 do
    for k = 1, 100 do resume(all[k]) end
  end
  print(("yield ns/switch %.1f"):format(each(2000000)))
elseif name == "pingpong" then
  local sum = 0
  local receiver = create(function() while true do sum = sum + yield() end end)
  resume(receiver)
  local sender = create(function() for i = 1, n do yield(i) end end)
  for i = 1, n do
    local ok, value = resume(sender)
    resume(receiver, value)
  end
  print(("pingpong ns/exchange %.1f"):format(each(n)))
elseif name == "skynet" then
  resume(create(skynet), 0, 1000000, 10)
  print(("skynet s %.3f"):format(each(1) / 1e9))
else
  os.exit(1)
end
