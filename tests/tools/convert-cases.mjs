// convert-cases.mjs: published cases (tests/data/public-cases.json) as case files.
//   node convert-cases.mjs IN OUTDIR      writes OUTDIR/<id>.json and prints how many
//
// It never looks at `expected`: the key is taken off each case before anything else is done with it.
// It invents nothing. A fact becomes a record only if the record's own facts were published:
//   ENQUIRY_STARTED                     an enquiry, with its day if there is one
//   ENQUIRY_SIGNED_OFF with a day       an enquiry that was signed off
//   RESULTS_WRITTEN, MEETING, SUPPORT_OFFER, NOTIFY_IN_PERSON, WRITTEN_NOTIFICATION
//     that happened, with a day         the act, with no more than the day
// Everything else goes, in words, among the facts of the incident. RECORDED_AS_NOTIFIABLE is such words: it says
// what a trust wrote down, not what a healthcare professional thought, and on which day.
// A fact that did not happen, or not in time, is a FINDING only if the case holds the finding of a court, the
// regulator or an ombudsman about the duty. An independent review, a report, a statement or a settlement is none:
// it does not decide whether the duty was met. A finding that the procedure as a whole was not followed, with no step
// named, is a finding on the duty as a whole. In Northern Ireland there is no duty to find about.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const finders = { FIXED_PENALTY: 'REGULATOR', PROSECUTION: 'COURT', OMBUDSMAN_UPHELD: 'OMBUDSMAN' };
// Regulation 20(2)(a) asks for a notice as in (3). Without the account there was no such notice, and where nobody
// was told at all it was neither in person nor an account.
const rulesAbout = {
  ENG: {
    NOTIFY_IN_PERSON: { not: ['E02', 'E03', 'E04'], late: ['E02'] },
    ACCOUNT_GIVEN: { not: ['E02', 'E04'], late: ['E02'] },
    APOLOGY_GIVEN: { not: ['E06'], late: ['E06'] },
    SUPPORT_OFFER: { not: ['E08'], late: ['E08'] },
    WRITTEN_NOTIFICATION: { not: ['E09'], late: ['E09'] },
    RESULTS_WRITTEN: { not: ['E10'], late: ['E10'] },
  },
  WAL: {
    NOTIFY_IN_PERSON: { not: ['W01'], late: ['W01'] },
    ACCOUNT_GIVEN: { not: ['W01'], late: ['W01'] },
    APOLOGY_GIVEN: { not: ['W01'], late: ['W01'] },
    SUPPORT_OFFER: { not: ['W01'], late: ['W01'] },
    WRITTEN_NOTIFICATION: { not: ['W03'], late: ['W03'] },
    RESULTS_WRITTEN: { not: ['W04'], late: ['W04'] },
    CANDOUR_PROCEDURE: { not: ['DUTY'], late: ['DUTY'] },
  },
  SCO: {
    NOTIFY_IN_PERSON: { not: ['S03'], late: ['S03'] },
    APOLOGY_GIVEN: { not: ['S04'], late: ['S04'] },
    MEETING: { not: ['S05'], late: ['S05'] },
    CANDOUR_PROCEDURE: { not: ['DUTY'], late: ['DUTY'] },
  },
};

/** The cases without their expectations. */
export function readCases(path) {
  return JSON.parse(readFileSync(path, 'utf8')).map((one) => {
    delete one.expected;
    return one;
  });
}

function organisation(one, index) {
  return {
    code: one.organisation.ods_code ?? `ZZ${String(index + 1).padStart(3, '0')}`,
    name: one.organisation.name,
    jurisdiction: one.jurisdiction,
    kind: one.organisation.registered_person_kind,
  };
}

const acts = {
  NOTIFY_IN_PERSON: (fact) => ({ record: 'talk', told: fact.on }),
  WRITTEN_NOTIFICATION: (fact) => ({ record: 'letter', dated: fact.on }),
  SUPPORT_OFFER: (fact) => ({ record: 'support', offered: fact.on, support: ['OTHER'], note: fact.detail }),
  MEETING: (fact) => ({ record: 'meeting', step: 'MEETING', held: fact.on, note: fact.detail }),
  RESULTS_WRITTEN: (fact) => ({ record: 'results', sent: fact.on, note: fact.detail }),
  ENQUIRY_SIGNED_OFF: (fact) => ({ record: 'enquiry', type: 'OTHER', signed_off: fact.on, note: fact.detail }),
};

function act(fact) {
  if (fact.happened !== true) return null;
  if (fact.what === 'ENQUIRY_STARTED') {
    return { record: 'enquiry', type: 'OTHER', ...(fact.on ? { started: fact.on } : {}), note: fact.detail };
  }
  return fact.on && acts[fact.what] ? acts[fact.what](fact) : null;
}

function findings(one) {
  const found = one.published_finding;
  const finder = rulesAbout[one.jurisdiction] && finders[found.type];
  if (!finder) return [];
  const outcomes = new Map();
  for (const fact of one.facts) {
    const rules = rulesAbout[one.jurisdiction][fact.what];
    if (!rules) continue;
    if (fact.happened === false) rules.not.forEach((rule) => outcomes.set(rule, 'NOT_MET'));
    else if (fact.timely === false) {
      // Done, and found too late; or found not done in time, and nobody says whether it was done later.
      rules.late.forEach((rule) => outcomes.has(rule) || outcomes.set(rule, fact.happened ? 'MET_LATE' : 'NOT_MET'));
    }
  }
  return [...outcomes].sort().map(([rule, outcome], index) => ({
    record: 'finding', rule, outcome, finder, body_name: found.body,
    ...(found.on ? { found: found.on } : {}),
    source: one.sources[0].title, words: found.text,
    ...(index === 0 && found.penalty_p ? { penalty_p: found.penalty_p } : {}),   // a memo, once
  }));
}

const line = (fact) => `${fact.what}${fact.on ? `, ${fact.on}` : ''}${fact.happened === false ? ', did not happen' : ''}`
  + `${fact.happened === null ? ', not certain' : ''}${fact.timely === false ? ', not in time' : ''}: ${fact.detail}`;

/** One published case as a case file. */
export function convert(one, index) {
  const { occurred_on: occurred, aware_on: aware, outcome, certainty } = one.incident;
  const first = one.facts.find((fact) => fact.what === 'INCIDENT');
  const words = one.facts.filter((fact) => fact !== first && !act(fact)).map(line);
  if (outcome) words.unshift(`Outcome as published: ${outcome}, ${certainty}`);
  return {
    format: 'candour-case-file',
    version: 1,
    organisation: organisation(one, index),
    case: {
      records: [
        { record: 'incident', title: `Published case ${one.id}`, ...(occurred ? { occurred } : {}), local_ref: one.id,
          description: first.detail, facts: words.join('\n'), not_known: one.missing.join('\n') },
        ...(aware ? [{ record: 'opening', aware }] : []),
        ...one.facts.map(act).filter(Boolean),
        ...findings(one),
      ],
    },
  };
}

/** Writes one file a case; gives [{ id, path }]. */
export function convertAll(path, folder) {
  mkdirSync(folder, { recursive: true });
  return readCases(path).map((one, index) => {
    const file = join(folder, `${one.id}.json`);
    writeFileSync(file, `${JSON.stringify(convert(one, index), null, 2)}\n`);
    return { id: one.id, path: file };
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [path, folder] = process.argv.slice(2);
  if (!path || !folder) {
    console.error('usage: node convert-cases.mjs IN OUTDIR');
    process.exit(2);
  }
  console.log(`${convertAll(path, folder).length} case files in ${folder}`);
}
