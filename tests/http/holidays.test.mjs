// The bank holidays that are shipped against the npm package date-holidays, 2013 to 2028. Each difference is named
// with its reason; one that is not named fails, and so does a name for a difference that is no longer there.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildDir, run } from './lib/site.mjs';

const Holidays = createRequire(import.meta.url)('date-holidays');
const ctl = process.env.CANDOURCTL ?? join(buildDir, 'mod_candour/candourctl');
const regions = { ENG: 'england-and-wales', WLS: 'england-and-wales', SCT: 'scotland', NIR: 'northern-ireland' };
const years = Array.from({ length: 16 }, (_, index) => 2013 + index);
const weekend = (day) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

// region day -> [which list has it, why]
const named = {
  'SCT 2026-06-15': ['shipped', 'one-off day by royal proclamation of February 2026 (Banking and Financial Dealings Act 1971, s 1(3)), for Scotland alone; the package does not know it yet'],
};

async function shipped() {
  const answer = await run(ctl, ['holidays', 'shipped']);
  assert.equal(answer.status, 0, answer.stderr);
  const feed = JSON.parse(answer.stdout);
  return Object.fromEntries(Object.entries(feed).map(([division, { events }]) => [division, new Set(events.map((event) => event.date))]));
}

function packaged(region) {
  const list = new Holidays('GB', region);
  return new Set(years.flatMap((year) => list.getHolidays(year))
    .filter((one) => ['public', 'bank'].includes(one.type))
    .map((one) => one.date.slice(0, 10)));
}

test('no shipped day falls on a weekend, and each year of each division has its days', async () => {
  for (const [division, days] of Object.entries(await shipped())) {
    for (const day of days) assert.ok(!weekend(day), `${division} ${day}`);
    for (const year of years) {
      const count = [...days].filter((day) => day.startsWith(`${year}-`)).length;
      assert.ok(count >= 8 && count <= 12, `${division} ${year}: ${count} days`);
    }
  }
});

test('the shipped list and date-holidays differ only where it is said why', async (t) => {
  const ours = await shipped();
  const found = new Set();
  for (const [region, division] of Object.entries(regions)) {
    const theirs = packaged(region);
    // The package keeps a holiday on its weekend day beside the substitute day; a weekend is no working day anyway.
    const differs = [...ours[division]].filter((day) => !theirs.has(day)).map((day) => [day, 'shipped'])
      .concat([...theirs].filter((day) => !ours[division].has(day) && !weekend(day)).map((day) => [day, 'package']));
    for (const [day, where] of differs) {
      const key = `${region} ${day}`;
      found.add(key);
      assert.ok(named[key], `${key} is only in the ${where === 'shipped' ? 'shipped list' : 'package'}: name it with its reason, or mend the list`);
      assert.equal(named[key][0], where, key);
    }
  }
  for (const key of Object.keys(named)) assert.ok(found.has(key), `${key} is named and no longer differs: take it out`);
  t.diagnostic(`${found.size} differences, each with its reason`);
});
