import fc from 'fast-check';

/** True under `npm run proof`: the long forms of tests whose strength is a number of tries. */
export const isProof = process.env['TOUCHMARK_PROOF'] === '1';

/** The number of tries: `short` in `npm test`, `long` in `npm run proof`. */
export function tries(short: number, long: number): number {
  return isProof ? long : short;
}

// Every property without a number of its own; fast-check's own default is 100.
fc.configureGlobal({ numRuns: tries(100, 5_000) });
