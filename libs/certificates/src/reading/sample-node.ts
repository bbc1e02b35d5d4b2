// A node's recorded answers and the frozen bundles, for the specs of this library; not part of the package.
import { questionOf } from '../bundle.js';
import type { BundleRead } from '../check-bundle.js';
import { parseBundle } from '../parse-bundle.js';
import type { TrustRoot } from '../proof/facts-from-proof.js';
import type { ChainNodePort, ReadingQuestion } from './reading.types.js';

/** What a node answers instead of what was recorded; undefined leaves it as it was. */
export type Change = (method: string, params: readonly unknown[], recorded: unknown) => unknown;

export interface Fixtures {
  /** The text of a file of `fixtures`. */
  readonly fixture: (name: string) => string;
  /** The home and the final block of the recorded chain. */
  readonly root: TrustRoot;
  /** A node that answers as one did when it was recorded, but for some changes. */
  readonly recordedNode: (name: string, change?: Change) => ChainNodePort;
  /** A frozen bundle, read. */
  readonly readFixture: (name: string) => BundleRead;
  /** What is asked of the chain about a bundle. */
  readonly askAbout: (read: BundleRead) => ReadingQuestion;
}

/** The fixtures by whatever reads their texts: a spec may read files, and nothing else here does. */
export function fixturesBy(fixture: (name: string) => string): Fixtures {
  const root = JSON.parse(fixture('trust-root.json')) as TrustRoot;
  const answers = JSON.parse(fixture('node.json')) as Readonly<Record<string, unknown>>;
  return {
    fixture,
    root,
    recordedNode: (name, change = () => undefined) => ({
      name,
      ask: (method, params) => {
        const recorded = answers[`${method} ${JSON.stringify(params)}`];
        const changed = change(method, params, recorded);
        if (changed instanceof Error) return Promise.reject(changed);
        const answer = changed === undefined ? recorded : changed;
        return answer === undefined
          ? Promise.reject(new Error(`nothing is recorded for ${method}`))
          : Promise.resolve(structuredClone(answer));
      },
    }),
    readFixture: (name) => {
      const read = parseBundle(fixture(name));
      if (read.kind === 'BundleRefused') throw new Error(read.message);
      return read;
    },
    askAbout: ({ bundle, provenBlock }) => {
      const { chainId, contract, inclusion } = bundle;
      const anchoredAt = inclusion?.time ?? null;
      return { ...questionOf(bundle), chainId, contract, anchoredAt, provenBlock, codeHash: root.codeHash };
    },
  };
}
