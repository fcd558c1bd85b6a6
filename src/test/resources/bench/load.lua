-- Sends the requests of a list in turn and holds every answer's status and content against what
-- is expected. Each thread has its own share of the list.
local threads = {}
local number = 0
function setup(thread)
  thread:set("id", number)
  number = number + 1
  table.insert(threads, thread)
end
function init(args)
  expected = tonumber(args[2])
  marker = args[3]
  wrong = 0
  requests = {}
  local i = 0
  for line in io.lines(args[1]) do
    if i % 2 == id then
      local method, host, path, cookie, token = line:match("([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)")
      local headers = { ["Host"] = host, ["Accept-Encoding"] = args[4] }
      if cookie ~= "" then headers["Cookie"] = "stoa=" .. cookie .. "; XSRF-TOKEN=0b5c5f6e-6a0f-4d0e-9d0c-5d2f6f5b7a10" end
      if token ~= "" then headers["Authorization"] = "Bearer " .. token end
      requests[#requests + 1] = wrk.format(method, path, headers, nil)
    end
    i = i + 1
  end
  at = 0
end
function request()
  at = at % #requests + 1
  return requests[at]
end
function response(status, headers, body)
  if status ~= expected or (marker ~= "-" and not body:find(marker, 1, true)) then
    wrong = wrong + 1
    if wrong < 3 then print("wrong: " .. status .. " " .. body:sub(1, 200)) end
  end
end
function done(summary, latency, rates)
  local all = 0
  for _, thread in ipairs(threads) do all = all + thread:get("wrong") end
  print("wrong answers: " .. all)
end
