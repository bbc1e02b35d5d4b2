import { readRecord } from './records.ts';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

interface JestReport {
  numPassedTests: number;
  numFailedTests: number;
  numRuntimeErrorTestSuites: number;
}

/** The counts in Jest's report; a file that could not even be loaded counts as one failure. */
export function jestCounts(reportFile: string): Counts {
  const report = readRecord<JestReport>(reportFile);
  if (!report) return { passed: 0, failed: 1 };
  return {
    passed: report.numPassedTests ?? 0,
    failed: (report.numFailedTests ?? 0) + (report.numRuntimeErrorTestSuites ?? 0),
  };
}

// Colours are escape sequences around the words.
const colour = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** The largest sum that the words of a runner give: Hardhat says "12 passing", our check "7 passed, 1 failed". */
export function countsInWords(output: string): Counts {
  const text = output.replace(colour, '');
  const sum = (pattern: RegExp): number =>
    [...text.matchAll(pattern)].reduce((total, match) => total + Number(match[1]), 0);
  return { passed: sum(/\b(\d+) (?:passing|passed)\b/g), failed: sum(/\b(\d+) (?:failing|failed)\b/g) };
}
