-- write.lua: logs a talk with the patient, each time in the next case of a list: ORIGIN COOKIE TOKEN FILE,
-- where FILE has lines "reference version". No case is asked again while its last request is under way,
-- because the list is longer than the number of connections. How it went is printed as JSON.
local origin, cookie, token
local references, versions = {}, {}
local at = 0
local tried = false   -- wrk asks once before it begins, and does not send what it gets

function init(args)
    origin, cookie, token = args[1], args[2], args[3]
    for line in io.lines(args[4]) do
        local reference, version = line:match("^(%S+)%s+(%d+)$")
        references[#references + 1] = reference
        versions[#versions + 1] = tonumber(version)
    end
    math.randomseed(os.time())
end

local talk = "&told-day=2&told-month=2&told-year=2026&at=2%3A30pm&mode=FACE_TO_FACE" ..
    "&who_told=The+patient%2C+with+Nia+Farrow&spoke_name=Elin+Orme&spoke_role=Consultant&facts_given=yes" ..
    "&facts_words=The+count+at+the+end+of+the+list+was+recorded+as+complete.+The+report+was+sent+to+a" ..
    "+clinician+who+had+left+the+trust.&not_known=The+handover+between+the+teams+did+not+name+who+would" ..
    "+follow+the+result+up.&enquiries_told=yes&enquiries=After-action+review&apology_given=yes" ..
    "&apology_words=We+are+very+sorry+that+this+happened+to+you+while+you+were+in+our+care." ..
    "&support=NAMED_CONTACT&noted_on-day=3&noted_on-month=2&noted_on-year=2026"

function request()
    at = at % #references + 1
    local reference, version = references[at], versions[at]
    if tried then
        versions[at] = version + 1
    else
        tried, at = true, 0
    end
    local key = string.format("%08x%08x%08x%08x", math.random(0, 2^31), math.random(0, 2^31),
        math.random(0, 2^31), math.random(0, 2^31))
    return wrk.format("POST", "/candour/cases/" .. reference .. "/log/talk", {
        Cookie = cookie, Origin = origin, ["Content-Type"] = "application/x-www-form-urlencoded"
    }, "token=" .. token .. "&key=" .. key .. "&version=" .. version .. talk)
end

function done(summary, latency)
    io.write(string.format(
        '{"requests":%d,"seconds":%.6f,"bytes":%d,"p50_us":%d,"p99_us":%d,"refused":%d,"broken":%d}\n',
        summary.requests, summary.duration / 1e6, summary.bytes, latency:percentile(50), latency:percentile(99),
        summary.errors.status,
        summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
