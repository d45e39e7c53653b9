// data.mjs: a small world for tests that need cases and claims of two trusts: made through candourctl and the
// application's own API, so that nothing is here that the application would not take.
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The day `n` days ago, as JSON says it. */
export function daysAgo(n) {
  return new Date(Date.now() - n * 86400000).toISOString().slice(0, 10);
}

/** The day in `n` days. */
export const daysAhead = (n) => daysAgo(-n);

/** What a file is called: the last part of its page's path. */
export const reference = (path) => path.split('/').pop();

/** The same day as the three parts of a date input. */
export function dateParts(name, iso) {
  const [year, month, day] = iso.split('-').map(Number);
  return { [`${name}-day`]: String(day), [`${name}-month`]: String(month), [`${name}-year`]: String(year) };
}

export const scheme = {
  code: 'L1', version: 1, title: 'Fixed sum, capped by damages', formula: 'L1', basis: 'D', fixed_p: 1000000,
  material: 'FULL', window: 'ROLLING_12', breach_unit: 'CLAIM', authority: 'made up for the tests',
};

/** What a file must have besides its settings: where each comes from, and a test claim. */
export function schemeFile(settings) {
  const names = Object.keys(settings).filter((name) => !['code', 'version', 'title', 'authority'].includes(name));
  return JSON.stringify({ ...settings, authorities: Object.fromEntries(names.map((name) => [name, 'made up for the tests'])),
    tests: [{ name: 'A claim without damages', damages_p: 0, expect: { indicated_p: 0 } }] });
}

async function ctl(site, ...args) {
  const answer = await site.ctl(args);
  if (answer.status !== 0) throw new Error(`candourctl ${args.join(' ')}: ${answer.status} ${answer.stdout}${answer.stderr}`);
}

/** Puts a scheme in force: settings as `scheme` has them, or the text of its file. */
export async function addScheme(site, settings) {
  const file = join(site.dir, `scheme-${randomUUID()}.json`);
  writeFileSync(file, typeof settings === 'string' ? settings : schemeFile(settings));
  await ctl(site, 'scheme', 'add', file, '--activate');
}

/** The usual scheme, with a second person for what is over 1,000 pounds. */
export const addSecondPerson = (site) => addScheme(site, { ...scheme, version: 2, confirm_above_p: 100000 });

/** Who is signed in, by account: all of the site's, or those named. */
export async function signAllIn(site, names = Object.keys(site.accounts)) {
  const clients = {};
  for (const name of names) clients[name] = await site.signedIn(name);
  return clients;
}

/** Organisations, holidays, a scheme in force (unless `schemes` is false), and a user for each account of the site. */
export async function makePeople(site, { schemes = true } = {}) {
  for (const code of ['RNV', 'RHD']) {
    await ctl(site, 'org', 'add', code, '--name', `Trust ${code}`, '--jurisdiction', 'ENG',
      '--kind', 'HEALTH_SERVICE_BODY', '--member-from', '2010-04-01', '--nhs-contract', 'yes');
  }
  await ctl(site, 'holidays', 'import', '--shipped');
  if (schemes) await addScheme(site, scheme);
  // Trusts of this world's own: the demo may give its accounts whichever it likes.
  for (const { name, roles, org, fullName } of Object.values(site.accounts)) {
    const code = name === 'otherlegal' ? 'RHD' : 'RNV';
    await ctl(site, 'user', 'add', name, '--name', fullName, '--roles', roles.join(','), ...(org ? ['--org-code', code] : []));
  }
}

/** Sends JSON with a fresh key and expects 303; gives the Location. */
export async function write(client, path, value, version) {
  const headers = { 'idempotency-key': randomUUID() };
  if (version !== undefined) headers['if-match'] = `"${version}"`;
  const answer = await client.postJson(path, value, { headers });
  if (answer.status !== 303) throw new Error(`POST ${path}: ${answer.status} ${answer.text}`);
  return answer.location;
}

export async function versionOf(client, path) {
  const answer = await client.getJson(path);
  if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${answer.text}`);
  return answer.json.version;
}

/** Adds a record to a case or claim: `path` is the file's page. */
export async function record(client, path, kind, value) {
  return write(client, `${path}/log/${kind}`, value, await versionOf(client, path));
}

export const incident = { title: 'Swab left behind', occurred: daysAgo(30), reported_on: daysAgo(29), name: 'Ada Example' };

/** A case of the client's own trust, opened and told; gives its page's path. */
export async function openCase(client, more = {}) {
  const path = await write(client, '/candour/cases/new', { ...incident, ...more });
  await record(client, path, 'opinion', {
    given: daysAgo(28), opinion: 'NOTIFIABLE', given_by: 'K. Brandt, surgeon', profession: 'DOCTOR',
    reasons: 'Prolonged harm that needed another operation.',
  });
  await record(client, path, 'opening', { aware: daysAgo(28), lead: 'L. Abara' });
  // A court found the duty broken, so that a flag of this case has something to decide on.
  await record(client, path, 'finding', {
    rule: 'E02', outcome: 'NOT_MET', finder: 'COURT', body_name: 'A court', found: daysAgo(2), source: 'https://court.example/judgment/1',
  });
  return path;
}

/** A claim of these parties, with damages paid. */
async function settledClaim(handler, parties) {
  const path = await write(handler, '/candour/claims/new', {
    title: 'Retained swab', scheme: 'CNST', notified: daysAgo(20), claimant_name: 'Ada Example', agreed_damages_p: 2500000,
  });
  await record(handler, path, 'parties', parties);
  await record(handler, path, 'payment', { kind: 'DAMAGES_LUMP', amount_p: 2500000, paid: daysAgo(5), payee: 'CLAIMANT' });
  await record(handler, path, 'status', { status: 'SETTLED_DAMAGES', on: daysAgo(5) });
  return path;
}

/** A claim whose only trust is `org`, linked to the case of that path. */
export function openClaim(handler, org, casePath) {
  return settledClaim(handler, { trust_1: org, share_1: '100', cases_1: reference(casePath) });
}

/** A claim of RNV (70 %) and RHD (30 %), linked to the cases of those paths. */
export function openClaimOfTwo(handler, ownCase, otherCase) {
  return settledClaim(handler, {
    trust_1: 'RNV', share_1: '70', cases_1: reference(ownCase), trust_2: 'RHD', share_2: '30', cases_2: reference(otherCase),
  });
}

/** The trust is told what is indicated, and the newest flag goes to the decision-makers, early. */
export async function sendForDecision(handler, claimPath, org) {
  const at = `${claimPath}/trusts/${org}/log`;
  await write(handler, `${at}/indication`, { message: 'This is indicated.', answer_by: daysAhead(14) }, await versionOf(handler, claimPath));
  await write(handler, `${at}/for-decision`, { early: 'EARLY' }, await versionOf(handler, claimPath));
}

/** A new flag of `org`, sent on and decided: `answers` of the decision's form besides its usual ones. Gives its Location. */
export async function decide({ handler, decider }, claimPath, org, answers) {
  await write(handler, `${claimPath}/flags`, {}, await versionOf(handler, claimPath));
  await sendForDecision(handler, claimPath, org);
  const { flag } = (await decider.getJson(`${claimPath}/flags/${org}`)).json;
  return write(decider, `${claimPath}/flags/${org}/${flag.seq}/decision`, {
    step: 'confirm', outcome: 'PART', reasons: 'The patient was never told.', evidence_seen: 'The judgment, page 3.', ...answers,
  }, await versionOf(decider, claimPath));
}

/**
 * The whole world: a case, claim and flag of RNV ("own" to the demo's trust accounts) and of RHD ("other").
 * @returns {{ own: { casePath, claimPath, org }, other: { casePath, claimPath, org }, clients: object }}
 */
export async function makeWorld(site) {
  await makePeople(site);
  const clients = await signAllIn(site);
  const world = { clients };
  for (const [which, name, org] of [['own', 'legal', 'RNV'], ['other', 'otherlegal', 'RHD']]) {
    const casePath = await openCase(clients[name]);
    const claimPath = await openClaim(clients.handler, org, casePath);
    await write(clients.handler, `${claimPath}/flags`, {}, await versionOf(clients.handler, claimPath));
    world[which] = { casePath, claimPath, org };
  }
  return world;
}
