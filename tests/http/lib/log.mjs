// log.mjs: watches httpd's error log. A warning or an error that no test announced is a failure; so is an
// announced one that did not come.
import { readFileSync } from 'node:fs';

const serious = /^\[[^\]]*\] \[[^\]:]*:(warn|error|crit|alert|emerg)\]/;

export class ErrorLog {
  #file;
  #announced = []; // { what, seen }

  constructor(file) {
    this.#file = file;
  }

  /** Every line of the log so far. */
  lines() {
    return readFileSync(this.#file, 'utf8').split('\n').filter((line) => line !== '');
  }

  /** Says that the log will hold a warning or an error with this number ("CD0012", httpd's "AH01807") or pattern. */
  announce(...whats) {
    for (const what of whats) this.#announced.push({ what, seen: 0 });
  }

  /** Throws if the log holds what was not announced, or not what was. */
  check() {
    const surprises = [];
    for (const line of this.lines()) {
      // What an assert or a sanitizer writes has no prefix of httpd's.
      if (!serious.test(line) && !/Sanitizer|runtime error:|[Aa]ssertion|Segmentation/.test(line)) continue;
      const known = this.#announced.filter(({ what }) =>
        (what instanceof RegExp ? what.test(line) : line.includes(`${what}:`)));
      for (const one of known) one.seen++;
      if (known.length === 0) surprises.push(line);
    }
    const absent = this.#announced.filter(({ seen }) => seen === 0).map(({ what }) => String(what));
    if (surprises.length > 0 || absent.length > 0) {
      throw new Error([
        ...surprises.map((line) => `not announced: ${line}`),
        ...absent.map((what) => `announced, but not in the log: ${what}`),
      ].join('\n'));
    }
  }
}
