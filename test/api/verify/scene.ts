import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bundle, bundleText } from '@touchmark/certificates';
import { run } from '../../../apps/verify/src/index.js';

/** What the command said and how it ended. */
export interface Said {
  readonly code: number;
  readonly output: string;
  readonly complaints: string;
}

/** The command as a person calls it, and a folder for the files that it is given. */
export interface Desk {
  /** Runs the command; `piped` is what comes by the pipe. */
  command(args: readonly string[], piped?: string | Uint8Array): Promise<Said>;
  /** Writes a file and answers its path. */
  file(name: string, content: Bundle | string | Uint8Array): string;
  clear(): void;
}

export function openDesk(): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'touchmark-verify-'));
  return {
    async command(args, piped = '') {
      const [output, complaints]: [string[], string[]] = [[], []];
      const code = await run(args, {
        input: (async function* () {
          yield Buffer.from(piped);
        })(),
        output: (text) => output.push(text),
        complaints: (text) => complaints.push(text),
      });
      return { code, output: output.join(''), complaints: complaints.join('') };
    },
    file(name, content) {
      const path = join(folder, name);
      const raw = typeof content === 'string' || content instanceof Uint8Array;
      writeFileSync(path, raw ? content : bundleText(content));
      return path;
    },
    clear: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The parts of the JSON report that tests look at. */
export interface ReportJson {
  readonly verdict: string;
  readonly exitCode: number;
  readonly axes: readonly {
    readonly axis: string;
    readonly state: string;
    readonly reason: string;
    readonly message: string;
  }[];
  readonly asOf: {
    readonly blockNumber: number;
    readonly blockHash: string;
    readonly finality: string;
  } | null;
  readonly name: { readonly kind: string; readonly message: string };
  readonly nodes: {
    readonly heights: readonly { readonly name: string }[];
    readonly problems: readonly {
      readonly name: string;
      readonly problem: string;
      readonly message: string;
    }[];
  };
  readonly hints: readonly string[];
}

export function reportOf({ output }: Said): ReportJson {
  return JSON.parse(output) as ReportJson;
}
