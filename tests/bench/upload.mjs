// upload.mjs: how fast a document of 50 MiB goes in and comes out, and what the child of httpd that serves it needs.
//
//   CANDOUR_BUILDDIR=BUILD node tests/bench/upload.mjs [ROUNDS]
//
// An instance of its own, with the demo's settings. Client, httpd and database share the machine; the client's
// part is making and hashing bytes. The figures are medians of the rounds, the smallest and largest beside them.
import { createHash, randomBytes } from 'node:crypto'
import { makePeople, openCase } from '../http/lib/data.mjs'
import { startSite } from '../http/lib/site.mjs'
import { children, memoryOf, multipart, newestFile, peakWhile, upload } from '../http/lib/upload.mjs'

const MiB = 1 << 20
const rounds = Number(process.argv[2] ?? 5)
const size = 50 * MiB
const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(size - 9)])
const sum = createHash('sha256').update(bytes).digest('hex')

function figures(list) {
  const sorted = [...list].sort((a, b) => a - b)
  const show = (n) => n.toFixed(1)
  return `${show(sorted[sorted.length >> 1])} (${show(sorted[0])} to ${show(sorted[sorted.length - 1])})`
}

const site = await startSite({ demo: false, dbSettings: 'innodb_log_file_size=512M' })
try {
  await makePeople(site)
  const legal = await site.signedIn('legal')
  const path = await openCase(legal)
  const pids = children(site)
  const send = async (content) => {
    const { token, ...rest } = (await legal.get(`${path}/documents/add`)).page.form('documents/add').fields
    const fields = Object.entries({ ...rest, kind: 'OTHER', name: 'Bench' })
    const form = multipart([['token', token], ...fields, { name: 'file', filename: 'bench.pdf', type: 'application/pdf', bytes: content }])
    const began = performance.now()
    const answer = await upload(legal, `${path}/documents/add`, form)
    if (answer.status !== 303) throw new Error(`upload: ${answer.status} ${answer.text}`)
    return { took: (performance.now() - began) / 1000, at: answer.location }
  }
  const receive = async (address) => {
    const began = performance.now()
    const answer = await legal.get(address)
    const took = (performance.now() - began) / 1000
    if (createHash('sha256').update(answer.bytes).digest('hex') !== sum) throw new Error('the download is not what was sent')
    return took
  }
  await send(bytes.subarray(0, 2 * MiB))
  const rest = Math.max(...pids.map(memoryOf))
  const found = { 'in, MiB/s': [], 'out, MiB/s': [], 'in, MiB of memory': [], 'out, MiB of memory': [] }
  for (let round = 0; round < rounds; round++) {
    let sent
    const up = await peakWhile(pids, async () => { sent = await send(bytes) })
    let took
    const down = await peakWhile(pids, async () => { took = await receive(await newestFile(legal, path)) })
    found['in, MiB/s'].push(50 / sent.took)
    found['out, MiB/s'].push(50 / took)
    found['in, MiB of memory'].push((up - rest) / MiB)
    found['out, MiB of memory'].push((down - rest) / MiB)
  }
  console.log(`a document of 50 MiB, ${rounds} rounds; child at rest: ${(rest / MiB).toFixed(1)} MiB`)
  for (const [name, list] of Object.entries(found)) console.log(`${name.padEnd(20)} ${figures(list)}`)
} finally {
  await site.stop()
}
