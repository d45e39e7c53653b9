-- page.lua: random pages of one signed-in browser: ORIGIN COOKIE FIRST STEP COUNT A_YEAR; with COUNT 0 the
-- address FIRST itself. How it went is printed as JSON.
local cookie, first, step, count, a_year

function init(args)
    cookie, first, step = args[2], args[3], tonumber(args[4])
    count, a_year = tonumber(args[5]), tonumber(args[6])
    math.randomseed(os.time())
end

function request()
    local path = first
    if count > 0 then
        local index = tonumber(first) + math.random(0, count - 1) * step - 1
        path = string.format("/candour/cases/CM-%d-%04d", 2021 + math.floor(index / a_year), index % a_year + 1)
    end
    return wrk.format("GET", path, { Cookie = cookie })
end

function done(summary, latency)
    io.write(string.format(
        '{"requests":%d,"seconds":%.6f,"bytes":%d,"p50_us":%d,"p99_us":%d,"refused":%d,"broken":%d}\n',
        summary.requests, summary.duration / 1e6, summary.bytes, latency:percentile(50), latency:percentile(99),
        summary.errors.status,
        summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
