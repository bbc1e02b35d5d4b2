import type { VerdictWord } from '@touchmark/certificates';

/** The exit code of each verdict. Node itself ends with 1 to 13 when it fails, so no crash can be taken for a verdict. */
export const EXIT_BY_VERDICT = {
  GENUINE: 0,
  NOT_GENUINE: 20,
  PROVISIONAL: 21,
  WITHDRAWN: 22,
  SUPERSEDED: 23,
  UNDETERMINED: 24,
} as const satisfies Record<VerdictWord, number>;

/** Nothing was judged: the command line is wrong (as in sysexits.h). */
export const EXIT_USAGE = 64;

/** Nothing was judged: there is no such file, or it cannot be read. */
export const EXIT_NO_INPUT = 66;

/** Nothing was judged: the verifier itself failed. */
export const EXIT_BUG = 70;
