// search.mjs: how long searches take, how many rows the database reads for them, and that beside one row by its key.
//
//   node search.mjs SOURCE DIR
//
// Each question is asked in turns with a plain one (a case by its reference: the same page, its file read by one key).
// Figures are medians; rows are the difference of the server's Handler_read counters, so nobody else may use it.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Client } from '../http/lib/client.mjs'

const [source, dir] = process.argv.slice(2)
const rounds = Number(process.env.CANDOUR_ROUNDS ?? 9)
const instance = (command, ...rest) =>
  execFileSync('sh', [path.join(source, 'conf/demo/instance.sh'), command, dir, ...rest], { encoding: 'utf8' })
const sql = (text) => instance('sql', '--skip-column-names', '-e', text).trim()
const origin = /URL=(.*)\/candour\//.exec(instance('env'))[1]
const passwords = Object.fromEntries(readFileSync(path.join(dir, 'private/accounts'), 'utf8').trim().split('\n')
  .map((line) => line.split('\t')).map(([name, password]) => [name, password]))
const signedIn = (name) => new Client(origin).signIn({ name, password: passwords[name] })
const rowsRead = () => sql("SHOW GLOBAL STATUS WHERE variable_name LIKE 'Handler_read%'").split('\n')
  .reduce((sum, line) => sum + Number(line.split('\t')[1]), 0)
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]

const own = sql("SELECT reference FROM candour_case WHERE org_id = (SELECT org_id FROM org WHERE code = 'B01') ORDER BY case_id DESC LIMIT 1")
const clients = { trust: await signedIn('legal-B01'), handler: await signedIn('handler') }
// A trust's own reference is a word that hardly another file has.
const rare = /W\d{6}/.exec((await clients.trust.get(`/candour/cases/${own}`)).text)?.[0]
if (!rare) throw new Error(`${own} shows no reference of its trust`)

/** One answer: milliseconds and what it held. */
async function ask(client, body) {
  const begin = process.hrtime.bigint()
  const answer = await client.postJson('/candour/search', body)
  const ms = Number(process.hrtime.bigint() - begin) / 1e6
  if (answer.status !== 200) throw new Error(`${JSON.stringify(body)}: ${answer.status} ${answer.text.slice(0, 300)}`)
  return { ms, json: answer.json }
}

/** The nth page of cases or claims: what to ask for it. */
async function nthPage(client, q, list, n) {
  let body = { q }
  for (let page = 1; page < n; page++) {
    const { json } = await ask(client, body)
    if (!json[list]) throw new Error(`"${q}" has no page ${page + 1}`)
    body = { q, [list]: json[list] }
  }
  return body
}

const questions = [
  ['rare word', () => ({ q: `${rare} ward` })],
  ['word that no file has', () => ({ q: 'xylophone' })],
  ['common word, first page', () => ({ q: 'patient' })],
  ['common word, tenth page', (client) => nthPage(client, 'patient', 'cases_before', 10)],
  ['word of an eighth', () => ({ q: 'sepsis' })],
  ['three words', () => ({ q: 'patient ward theatres' })],
  ['three words, tenth page', (client) => nthPage(client, 'patient ward theatres', 'cases_before', 10)],
  ['two that hardly meet', () => ({ q: 'sepsis swab' })],
  ['three that never meet', () => ({ q: 'sepsis swab fracture' })],
  ['eight words', () => ({ q: 'patient ward theatres nurse family trust chart team' })],
  ['words in a row', () => ({ q: '"late diagnosis of sepsis"' })],
  ['words in a row that none has', () => ({ q: '"ward patient"' })],
]

console.log('who      question                         ms    rows read   times plain   found: cases, claims')
for (const [who, client] of Object.entries(clients)) {
  const plain = []
  const rest = []
  for (const [name, body] of questions) {
    const asked = await body(client)
    const one = []
    for (let i = 0; i < rounds; i++) {
      plain.push((await ask(client, { q: own })).ms)
      one.push((await ask(client, asked)).ms)
    }
    const before = rowsRead()
    const { json } = await ask(client, asked)
    const between = rowsRead()
    rest.push([name, median(one), between - before - (rowsRead() - between), json])
  }
  const base = median(plain)
  console.log(`${who.padEnd(8)} ${'plain: a case by its reference'.padEnd(30)} ${base.toFixed(2).padStart(6)}`)
  for (const [name, ms, rows, json] of rest) {
    const found = [json.case_hits, json.claim_hits].map((list) => list?.length ?? 0)
    console.log(`${who.padEnd(8)} ${name.padEnd(30)} ${ms.toFixed(2).padStart(6)} ${String(rows).padStart(12)} ` +
      `${(ms / base).toFixed(1).padStart(13)}   ${found}${json.cases_before || json.claims_before ? ', more' : ''}`)
  }
}
