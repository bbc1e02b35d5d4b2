import { run } from './main.js';

export { type DidFetch, fetchDid } from './did/fetch-did.js';
export { EXIT_BY_VERDICT } from './exit-codes.js';
export { run, type Streams } from './main.js';

/** The command: reads the process's streams and sets its exit code. */
export async function main(args: readonly string[]): Promise<void> {
  process.exitCode = await run(args, {
    input: process.stdin,
    output: (text) => process.stdout.write(text),
    complaints: (text) => process.stderr.write(text),
  });
  // A pipe that did not end in time would keep the process alive.
  process.stdin.destroy();
}
