// npm run bench:certificates            the measured form: ends with one JSON line; a missed ratio is exit code 1
// npm run bench:certificates -- --short the same for correctness, in a few seconds, for every change
import { buildStale } from '../../apps/local/src/build.ts';
import type { Closers } from './stage.ts';

const short = process.argv.includes('--short');
const CERTIFICATES = short ? 256 : 10_000;
const SECONDS = short ? 1 : 10;
/** What certificates may cost beside the one signature, or the one recovery, in each of them. */
const MOST = 1.5;

await buildStale(undefined, (name) => name !== 'apps/web');
// These import what has just been built.
const { measureSignatures } = await import('./signatures.ts');
const { measureChecks } = await import('./checking.ts');

const closers: Closers = [];
const close = async (): Promise<void> => {
  for (let closer = closers.pop(); closer; closer = closers.pop()) await closer();
};
const stopped = (): void => {
  void close().then(() => process.exit(130));
};
process.once('SIGINT', stopped).once('SIGTERM', stopped);
const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

try {
  const { issue, verify, failures } = measureSignatures(CERTIFICATES);
  const checks = await measureChecks(SECONDS, closers);
  const problems = new Set([...failures, ...checks.failures]);
  for (const problem of problems) console.error(`failure: ${problem}`);
  const [verifyPerSecond1, verifyPerSecond2] = checks.perSecond.map((rate) => rounded(rate, 1));
  const result = { issueRatio: rounded(issue, 3), verifyRatio: rounded(verify, 3) };
  console.log(JSON.stringify({ ...result, verifyPerSecond1, verifyPerSecond2 }));
  // A short run says nothing of speed: the compiler has hardly begun.
  const slow = !short && Math.max(issue, verify) > MOST;
  process.exitCode = problems.size > 0 || slow ? 1 : 0;
} finally {
  await close();
}
