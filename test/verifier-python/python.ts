import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Case } from './cases.ts';

/** What a verifier says: the word, and of each deciding axis its state and the name of its reason. */
export interface Said {
  readonly word: string;
  readonly axes: Readonly<Record<string, readonly [string, string]>>;
}

const RUNNER = fileURLToPath(new URL('python.mjs', import.meta.url));

/** Has the second verifier judge the cases, in a process of its own. */
export async function judgeByPython(cases: readonly Case[]): Promise<Said[]> {
  const lines = cases.map(({ bytes, trust, facts, root }) =>
    JSON.stringify({ bundle: Buffer.from(bytes).toString('base64'), trust, facts, root }),
  );
  const output = await new Promise<string>((resolve, reject) => {
    const child = execFile(process.execPath, [RUNNER], { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`The second verifier failed: ${stderr}`, { cause: error }));
    });
    child.stdin?.end(lines.join('\n'));
  });
  return output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Said);
}
