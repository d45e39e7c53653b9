// bench.mjs: the measurements of run.sh, interleaved, and their report.
//
//   node bench.mjs SOURCE BUILD DIR CASES
//
// What is compared is run in turns within one run, for the speed of a machine changes by the hour: the page,
// the bare client, the static file, the page again ... Figures are medians of the rounds. CPU time is read
// from /proc, so it holds on a busy machine, where rates do not.
import { spawn, execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync, copyFileSync, chmodSync, statSync } from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const [source, build, dir, casesText] = process.argv.slice(2)
const cases = Number(casesText)
const quick = process.env.CANDOUR_BENCH === 'quick'
const plan = quick
  ? { rounds: 2, seconds: 1, warm: 1, requests: 5000, quietFor: 5 }
  : { rounds: 5, seconds: 3, warm: 3, requests: 100000, quietFor: 60 }
const here = path.join(source, 'tests/bench')
const tickUs = 1e6 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
const report = { date: new Date().toISOString().slice(0, 16), quick, cases }
const lines = []

function say(text = '') {
  console.log(text)
  lines.push(text)
}

// ---- the instance ------------------------------------------------------------------------------------------

function instance(command, ...rest) {
  return execFileSync('sh', [path.join(source, 'conf/demo/instance.sh'), command, dir, ...rest], { encoding: 'utf8' })
}

const env = () => Object.fromEntries(instance('env').trim().split('\n').map((line) => {
  const at = line.indexOf('=')
  return [line.slice(0, at), line.slice(at + 1)]
}))

const sql = (text) => instance('sql', '-e', text).trim()

function startHttpd(kind) {
  instance('halt')
  copyFileSync(path.join(dir, `httpd/${kind}.conf`), path.join(dir, 'httpd/httpd.conf'))
  execFileSync('cp', ['-p', path.join(dir, `httpd/${kind}.passwords`), path.join(dir, 'httpd/passwords')])
  instance('start')
}

const read = (file) => { try { return readFileSync(file, 'utf8') } catch { return '' } }
const statOf = (pid) => read(`/proc/${pid}/stat`).replace(/^.*\) /s, '').split(' ')
const httpdPid = () => Number(read(path.join(dir, 'httpd/run/httpd.pid')))
const childrenOf = (pid) => read(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number)
const httpdTree = () => [httpdPid(), ...childrenOf(httpdPid())]
const dbPid = () => Number(read(path.join(dir, 'db/pid')))
// utime and stime, fields 14 and 15; of ourselves also what ended children used, fields 16 and 17
const cpuUs = (pids) => pids.reduce((sum, pid) => sum + (Number(statOf(pid)[11]) + Number(statOf(pid)[12])) * tickUs, 0)
const childUs = () => (Number(statOf(process.pid)[13]) + Number(statOf(process.pid)[14])) * tickUs
const pssMb = () => httpdTree().reduce((sum, pid) => sum + Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0), 0) / 1024

function machine() {
  const [user, nice, system, idle, wait, irq, soft, steal] = read('/proc/stat').split('\n')[0].split(/\s+/).slice(1).map(Number)
  return { busy: (user + nice + system + irq + soft + steal) * tickUs, all: (user + nice + system + irq + soft + steal + idle + wait) * tickUs }
}

// Part of the machine that others use just now.
async function othersNow(ms = 1000) {
  const before = machine()
  await pause(ms)
  const after = machine()
  return (after.busy - before.busy) / (after.all - before.all)
}

let loud = 0
async function quiet() {
  const until = Date.now() + (loud ? 3 : plan.quietFor) * 1000
  while (Date.now() < until)
    if (await othersNow() < 0.15) return
  loud++
}

// ---- a browser that is signed in -----------------------------------------------------------------------------

let site

function request(method, address, headers = {}, body = '') {
  return new Promise((resolve, reject) => {
    const req = http.request(site.origin + address, { method, headers: { ...headers, 'Content-Length': Buffer.byteLength(body) }, agent: false }, (res) => {
      const parts = []
      res.on('data', (part) => parts.push(part))
      res.on('end', () => resolve({ status: res.statusCode, headers: res.headers, body: Buffer.concat(parts).toString() }))
    })
    req.on('error', reject)
    req.end(body)
  })
}

const cookiesOf = (res) => (res.headers['set-cookie'] ?? []).map((text) => text.split(';')[0])

async function signIn(name) {
  site = { origin: env().URL.replace(/\/candour\/$/, '') }
  const account = read(path.join(dir, 'private/accounts')).split('\n').map((line) => line.split('\t')).find((row) => row[0] === name)
  const form = `httpd_username=${name}&httpd_password=${account[1]}`
  const answer = await request('POST', '/candour/do-sign-in', { 'Content-Type': 'application/x-www-form-urlencoded', Origin: site.origin }, form)
  const session = cookiesOf(answer)[0]
  const first = await request('GET', '/candour/cases/CM-2021-0001', { Cookie: session })
  if (first.status !== 200) throw new Error(`signed in as ${name}, and the first page answers ${first.status}`)
  site.cookie = [session, ...cookiesOf(first)].join('; ')
  const page = await request('GET', '/candour/cases/CM-2021-0001/log/talk', { Cookie: site.cookie })
  site.token = /name="token" value="([^"]+)"/.exec(page.body)[1]
  site.page = first.body
}

// ---- what is measured ------------------------------------------------------------------------------------------

// The first trust has every fifth case. Nine tenths of them are read, the rest is written to.
const reading = { first: 1, step: 5, count: Math.floor(cases / 5 * 0.9), year: Math.ceil(cases / 5) }
const rawWriting = { first: 2, step: 10, count: Math.floor(cases / 10) }

function run(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args.map(String), { stdio: ['ignore', 'pipe', 'inherit'] })
    let out = ''
    child.stdout.on('data', (part) => { out += part })
    child.on('error', reject)
    child.on('close', (code) => code === 0 ? resolve(out) : reject(new Error(`${program} ended with ${code}: ${out}`)))
  })
}

const wrk = (connections, seconds, script, ...args) =>
  run('wrk', ['-t1', `-c${connections}`, `-d${seconds}`, '-s', path.join(here, script), site.origin, '--', ...args])

const raw = (mode, threads, seconds, subject, set) => {
  const { SOCKET, SERVER_USER, SERVER_PASSWORD_FILE } = env()
  return run(path.join(build, 'tests/bench/raw'), [SOCKET, SERVER_USER, SERVER_PASSWORD_FILE, subject, mode, threads, seconds,
    set.first, set.step, set.count, reading.year])
}

function counters() {
  const rows = sql("SHOW GLOBAL STATUS WHERE variable_name IN ('Com_stmt_execute', 'Com_commit', 'Com_begin', 'Com_rollback', 'Com_set_option')")
  return rows.split('\n').reduce((sum, row) => sum + Number(row.split('\t')[1]), 0)
}

// Runs one round and adds what it cost: microseconds of CPU of each program, round trips to the database.
async function measure(start, countTrips = false) {
  const pids = httpdTree().slice(1), db = [dbPid()]
  const trips = countTrips ? counters() : 0
  const before = { httpd: cpuUs(pids), db: cpuUs(db), client: childUs(), machine: machine() }
  const answer = JSON.parse((await start()).trim().split('\n').at(-1))
  const all = { httpd: cpuUs(pids) - before.httpd, db: cpuUs(db) - before.db, client: childUs() - before.client }
  const now = machine()
  const busy = now.busy - before.machine.busy, ours = all.httpd + all.db + all.client
  const count = answer.requests ?? answer.rounds
  return {
    perSecond: answer.per_second ?? answer.requests / answer.seconds, p50: answer.p50_us, p99: answer.p99_us,
    httpd: all.httpd / count, db: all.db / count, client: all.client / count, count,
    others: Math.max(0, (busy - ours) / (now.all - before.machine.all)),
    trips: answer.round_trips ?? (countTrips ? (counters() - trips) / count : 0),
    refused: answer.refused ?? 0, broken: answer.broken ?? 0, bytes: (answer.bytes ?? 0) / count
  }
}

const page = (connections, seconds = plan.seconds, countTrips = false) =>
  measure(() => wrk(connections, seconds, 'page.lua', site.origin, site.cookie, reading.first, reading.step, reading.count, reading.year), countTrips)
const staticFile = (connections, seconds = plan.seconds) =>
  measure(() => wrk(connections, seconds, 'page.lua', site.origin, '', '/page.html', 1, 0, 1))
const rawPage = (threads, seconds = plan.seconds) => measure(() => raw('page', threads, seconds, 'legal', reading))

// Open cases of the first trust beyond those that are read, with their versions as they are now.
function writeList() {
  const last = reading.first + reading.count * reading.step - 1
  const from = (2021 + Math.floor(last / reading.year)) * 1000000 + last % reading.year
  const rows = sql(`SELECT reference, version FROM candour_case WHERE org_id = 1 AND state = 2 AND case_id > ${from} ORDER BY case_id LIMIT 2000`)
  const file = path.join(dir, 'write.list')
  writeFileSync(file, rows.replaceAll('\t', ' ') + '\n')
  return file
}

const write = (connections, countTrips = false) => {
  const file = writeList()
  return measure(() => wrk(connections, plan.seconds, 'write.lua', site.origin, site.cookie, site.token, file), countTrips)
}
const rawWrite = (threads) => measure(() => raw('write', threads, plan.seconds, 'handler', rawWriting))

// ---- rounds and medians ---------------------------------------------------------------------------------------

const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b), half = sorted.length >> 1
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}
const middle = (results) => Object.fromEntries(Object.keys(results[0]).map((key) => [key, median(results.map((one) => one[key]))]))

async function interleaved(rounds, kinds) {
  const results = Object.fromEntries(Object.keys(kinds).map((name) => [name, []]))
  for (let round = 0; round < rounds; round++)
    for (const [name, start] of Object.entries(kinds)) {
      await quiet()
      results[name].push(await start())
    }
  return results
}

const spread = (numbers) => `${median(numbers).toFixed(2)} (${Math.min(...numbers).toFixed(2)} to ${Math.max(...numbers).toFixed(2)})`
const rateRatios = (a, b) => a.map((one, i) => one.perSecond / b[i].perSecond)
const cost = (one) => one.httpd + one.db + one.client
const cpuRatios = (a, b) => a.map((one, i) => cost(b[i]) / cost(one))

function table(rows) {
  say('                              per second   p50 ms   p99 ms   httpd us   db us  client us  others')
  for (const [name, result] of rows) {
    const m = middle(result)
    say(`  ${name.padEnd(28)}${m.perSecond.toFixed(0).padStart(10)}${(m.p50 / 1000).toFixed(2).padStart(9)}${(m.p99 / 1000).toFixed(2).padStart(9)}` +
      `${m.httpd.toFixed(0).padStart(11)}${m.db.toFixed(0).padStart(8)}${m.client.toFixed(0).padStart(11)}${(m.others * 100).toFixed(0).padStart(6)} %`)
    const wrong = result.reduce((sum, one) => sum + one.refused + one.broken, 0)
    if (wrong) say(`    ${wrong} answers of ${result.reduce((sum, one) => sum + one.count, 0)} were errors or connections that broke`)
  }
}

async function pages(connections, rounds) {
  const results = await interleaved(rounds, {
    page: () => page(connections, plan.seconds, true), raw: () => rawPage(2), file: () => staticFile(connections)
  })
  say(`\nCase page, ${connections} connections, medians of ${rounds} rounds of ${plan.seconds} s`)
  table([['case page', results.page], ['bare client, 2 threads', results.raw], [`static file of ${site.page.length} bytes`, results.file]])
  const figures = {
    rate: rateRatios(results.page, results.raw), cpu: cpuRatios(results.page, results.raw),
    file: rateRatios(results.page, results.file), trips: middle(results.page).trips
  }
  say(`  case page / bare client     ${spread(figures.rate)}; by CPU time used ${spread(figures.cpu)}`)
  say(`  case page / static file     ${spread(figures.file)}`)
  say(`  round trips to the database ${figures.trips.toFixed(2)} a page`)
  report[`page${connections}`] = { results, ...figures }
}

async function writes(connections, rounds) {
  const results = await interleaved(rounds, { write: () => write(connections, true), raw: () => rawWrite(connections) })
  say(`\nA disclosure logged, ${connections} connections, medians of ${rounds} rounds of ${plan.seconds} s`)
  table([['POST of a talk', results.write], [`bare client, ${connections} threads`, results.raw]])
  const figures = { rate: rateRatios(results.write, results.raw), cpu: cpuRatios(results.write, results.raw), trips: middle(results.write).trips }
  say(`  write / bare client         ${spread(figures.rate)}; by CPU time used ${spread(figures.cpu)}`)
  say(`  round trips to the database ${figures.trips.toFixed(2)} a write`)
  report[`write${connections}`] = { results, ...figures }
}

async function lists() {
  await quiet()
  report.lists = JSON.parse(await raw('list', 1, 1, 'legal', reading))
  say('\nLists of cases and of work, 51 rows by keyset: time of the statement, smallest and median of 201')
  for (const [name, one] of Object.entries(report.lists))
    say(`  ${name.padEnd(32)}${(one.min_us / 1000).toFixed(2).padStart(8)} ms${(one.p50_us / 1000).toFixed(2).padStart(8)} ms`)
}

// Requests until `count` are done, with the tree's memory after each quarter.
async function memory(count) {
  const at = []
  let done = 0
  for (let part = 1; part <= 4; part++) {
    while (done < count * part / 4) {
      await signIn('legal')
      done += (await page(32, plan.seconds)).count
    }
    at.push([done, pssMb()])
  }
  report.memory = { start: report.startMb, at }
  say('\nMemory of the whole httpd tree (PSS), 64 threads, 32 connections')
  say(`  after the start ${report.startMb.toFixed(1)} MB; ` + at.map(([n, mb]) => `after ${n} requests ${mb.toFixed(1)} MB`).join('; '))
}

async function demoSignIn() {
  startHttpd('demo')
  await signIn('legal')
  await quiet()
  const result = [await page(8, plan.seconds)]
  say('\nThe same page with the demo\'s own sign-in (cookie encrypted by mod_session_crypto, passwords as MD5)')
  table([['case page', result]])
  report.demoSignIn = result
}

// ---- the run -----------------------------------------------------------------------------------------------------

startHttpd('bench')
await signIn('legal')
report.startMb = pssMb()
writeFileSync(path.join(dir, 'httpd/htdocs/page.html'), site.page)
chmodSync(path.join(dir, 'httpd/htdocs/page.html'), 0o644)
console.log(`== measuring on ${os.cpus().length} cores; waiting up to ${plan.quietFor} s for the machine to be idle`)
say(`Bench of ${report.date}: ${cases} incidents${quick ? ' (quick: for a look only)' : ''}, ${os.cpus().length} cores, ` +
  `${statSync(path.join(dir, 'db/data/candour/case_record.ibd')).size >> 20} MB of records`)
await page(8, plan.warm)
await rawPage(2, plan.warm)
await pages(8, plan.rounds)
await signIn('legal')
await pages(32, Math.max(2, plan.rounds - 2))
await signIn('legal')
await write(8)
await rawWrite(8)
await writes(8, Math.max(2, plan.rounds - 2))
await signIn('legal')
await writes(32, 2)
await lists()
await memory(plan.requests)
await demoSignIn()
if (loud) say('\nThe machine was not idle: others used part of it (column "others"). Rates and their ratios are too low or too\nhigh by that; the ratios by CPU time used are the ones to go by.')
writeFileSync(path.join(dir, 'report.txt'), lines.join('\n') + '\n')
writeFileSync(path.join(dir, 'report.json'), JSON.stringify(report, null, 1) + '\n')
