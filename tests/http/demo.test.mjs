// The demo as a new user finds it: its claims were walked through the round by its own people, each as far as conf/demo/
// rounds says; nothing is done twice, and a run that broke off says so.
import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { buildDir, run, sourceDir, startSite } from './lib/site.mjs';

let site, handler;
const env = { CANDOUR_BUILDDIR: buildDir };
const rounds = () => run('sh', [join(sourceDir, 'conf/demo/rounds.sh'), site.dir], { env, timeout: 240000 });

before(async () => {
  site = await startSite();
});
after(() => site?.stop());

async function startAgain() {
  const answer = await run('sh', [join(sourceDir, 'conf/demo/instance.sh'), 'start', site.dir], { env });
  assert.equal(answer.status, 0, answer.stderr);
  handler = await site.signedIn('handler');
}

async function claims() {
  const { claims: rows } = (await handler.getJson('/candour/claims')).json;
  const all = {};
  for (const { reference, title } of rows) all[title] = (await handler.getJson(`/candour/claims/${reference}`)).json;
  return all;
}

test('each step of the rounds is taken, and a second run takes none', async () => {
  mkdirSync(join(site.dir, 'rounds'));
  const broken = await rounds();
  assert.notEqual(broken.status, 0);
  assert.match(broken.stderr, /broke off half way.*demo reset/);
  rmSync(join(site.dir, 'rounds'), { recursive: true });

  const first = await rounds();
  assert.equal(first.status, 0, first.stdout + first.stderr);
  const entries = async () => (await site.ctl(['verify'])).stdout.match(/\d+ files, \d+ entries: good/)[0];
  const before = await entries();
  assert.equal((await rounds()).status, 0);
  assert.equal(await entries(), before);
  await startAgain();
  const verified = await site.ctl(['verify']);
  assert.equal(verified.status, 0, verified.stdout + verified.stderr);
  assert.doesNotMatch(verified.stdout, /set back/, 'oldest first, so that no entry is older than the one before it');
});

const stages = {
  'Guidewire left in a vein': { RZ1: ['EVIDENCE_REQUESTED', 'EVIDENCE_ASKED'] },
  'Heart attack missed in the emergency department': { RZ2: ['EVIDENCE_REQUESTED', 'ANSWERED'] },
  'Penicillin given despite a known allergy': { RZ1: ['EVIDENCE_REQUESTED', 'ANSWERED'] },
  'Jaundice of a baby treated late': { RZ2: ['BREACH_INDICATED', 'TOLD_INDICATION'] },
  'Pressure on the spinal cord found late': { RZ2: ['EVIDENCE_NOT_PROVIDED', 'FOR_DECISION'] },
  'Stroke not recognised at night': { RZ1: ['BREACH_INDICATED', 'PROPOSED'] },
  'Pressure sore down to the bone': { RZ2: ['BREACH_INDICATED', 'TRUST_TOLD'] },
  'Wrong tooth taken out': { RZ1: ['BREACH_INDICATED', 'REVIEW_ASKED'] },
  'Infection of the spine found late': { RZ2: ['BREACH_INDICATED', 'REVIEWED'] },
  'Blood clot under a plaster cast': { RZ1: ['BREACH_INDICATED', 'REVIEWED'] },
  'Bile duct cut in keyhole surgery': { RZ2: ['BREACH_INDICATED', 'DONE'] },
  'Eye clinic appointment lost, sight lost': { RZ2: ['BREACH_INDICATED', 'RECOVERING'] },
  'Feeding tube placed in the lung': { RZ1: ['BREACH_INDICATED', 'RECOVERING'] },
  'Growth of a twin not followed': { RZ1: ['BREACH_INDICATED', 'RECOVERING'], RZ2: ['EVIDENCE_REQUESTED', 'EVIDENCE_ASKED'] },
  'Drip left in place too long': { RZ1: ['BREACH_INDICATED', 'DONE'] },
  'Hearing lost after a course of antibiotics': { RZ2: ['NO_INCIDENT', 'NOT_APPLICABLE'] },
  'Lung punctured when a line was placed': { RZ2: ['CANDOUR_SHOWN', 'NOT_APPLICABLE'] },
  'Sponge left behind after a birth': { RZ2: ['EXCUSED', 'NOT_APPLICABLE'] },
  'Insulin at ten times the dose': { '7ZW': ['NOT_APPLICABLE', 'NOT_APPLICABLE'] },
};

test('claims stand at every stage of the round', async () => {
  const all = await claims();
  for (const [title, expected] of Object.entries(stages)) {
    assert.ok(all[title], title);
    const found = Object.fromEntries(all[title].trusts.map(({ code, flag, round }) => [code, [flag.state, round.stage]]));
    assert.deepEqual(found, expected, title);
  }
  const decided = async (title, org) =>
    (await handler.getJson(`/candour/claims/${all[title].reference}/trusts/${org}/decisions/1`)).json;
  for (const [title, org, amount] of [['Infection of the spine found late', 'RZ2', 350000],
    ['Blood clot under a plaster cast', 'RZ1', 250000], ['Drip left in place too long', 'RZ1', 0]]) {
    const page = await decided(title, org);
    assert.equal(page.decision.stands_at, amount, title);
  }
  const tube = await decided('Feeding tube placed in the lung', 'RZ1');
  assert.deepEqual(tube.recoveries.map((one) => one.still_left), [0, 300000], 'one instalment is paid');
  assert.match((await handler.get('/candour/recoveries?list=overdue')).text, /DEMO-2041-2/, 'the other is late');
  const duct = await decided('Bile duct cut in keyhole surgery', 'RZ2');
  assert.ok(duct.counted_by.some(({ reference }) => reference === all['Eye clinic appointment lost, sight lost'].reference),
    'the decision that fell away had been counted');
});
