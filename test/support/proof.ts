import fc from 'fast-check';

/** True under `npm run proof`: the long forms of tests whose strength is a number of tries. */
export const isProof = process.env['TOUCHMARK_PROOF'] === '1';

/** The number of tries: `short` in `npm test`, `long` in `npm run proof`. */
export function tries(short: number, long: number): number {
  return isProof ? long : short;
}

// A machine that others use may be slower by this: what then takes longer still was not late but never meant to come.
const BUSY = 20;

/** How many ms something may take that is promised within `ms`: that in `npm run proof`, which runs on a machine of its own. */
export function promised(ms: number): number {
  return isProof ? ms : ms * BUSY;
}

// Every property without a number of its own; fast-check's own default is 100.
fc.configureGlobal({ numRuns: tries(100, 5_000) });
