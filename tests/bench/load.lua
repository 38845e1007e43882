-- Requests for wrk: `-- KIND FILE [PARTS]`. KIND lookup or join makes every query another one,
-- repeated asks a hundred lookups and twenty joins again and again. FILE has a subject a line.
local kind, subjects, joins, number = nil, {}, {}, 0

local function encoded(text)
  return (text:gsub("[^%w]", function(c) return string.format("%%%02X", string.byte(c)) end))
end

function init(args)
  kind = args[1]
  for line in io.lines(args[2]) do subjects[#subjects + 1] = encoded("<" .. line .. ">") end
  for query in io.open(args[3]):read("*a"):gmatch("(.-)#%-%-%-\n") do joins[#joins + 1] = encoded(query) end
  math.randomseed(os.time())
  number = math.random(1, 1e9)
end

local function lookup(subject, mark)
  return "SELECT%20%3Fp%20%3Fo%20%3Fv" .. mark .. "%20WHERE%20%7B%20" .. subject .. "%20%3Fp%20%3Fo%20%7D"
end

local function join(mark)
  return (joins[mark % #joins + 1]:gsub("MARK", tostring(mark)))
end

function request()
  number = number + 1
  local query
  if kind == "lookup" then
    query = lookup(subjects[math.random(#subjects)], number)
  elseif kind == "join" then
    query = join(number)
  elseif number % 6 == 0 then
    query = join(number / 6 % 20)
  else
    query = lookup(subjects[number % 100 + 1], 0)
  end
  return wrk.format("GET", "/sparql?query=" .. query, { Accept = "application/sparql-results+json" })
end
