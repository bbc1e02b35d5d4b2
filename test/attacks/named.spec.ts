import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const ROOT = new URL('../../', import.meta.url);
const ROW = /^\| (?<attack>[^|]+?) +\| `(?<file>[^`:]+): (?<name>[^`]+)` +\|$/;

interface Named {
  readonly attack: string;
  readonly file: string;
  readonly name: string;
}

function rowsOf(table: string): Named[] {
  return table.split('\n').flatMap((line) => {
    const { attack, file, name } = ROW.exec(line)?.groups ?? {};
    return attack && file && name ? [{ attack, file, name }] : [];
  });
}

const textOf = (file: string): string => {
  const url = new URL(file, ROOT);
  return existsSync(url) ? readFileSync(url, 'utf8') : '';
};

/** One line for each row whose test is not there; a name ends where its part for each row begins. */
function missing(rows: readonly Named[]): string[] {
  return rows
    .filter(({ file, name }) => !textOf(file).includes(`'${name.split('…')[0] ?? name}`))
    .map(({ attack, file, name }) => `${attack}: ${file} has no test "${name}"`);
}

const rows = rowsOf(textOf('test/attacks/README.md'));

/** As the issue names them. */
const ATTACKS = [
  ...['counterfeit issuer', 'look-alike contract', 'stolen signer', 'stolen publisher'],
  ...['retired key before and after', 'back-dated certificate', 'back-dated retirement', 'shadow edition'],
  ...[
    'shadow edition on a second chain',
    'over-size and overfull batch',
    'wrong path length',
    'duplicate serial',
  ],
  ...['replay on another chain and contract', 'front-run claim', 'front-run anchor', 'front-run splitter'],
  ...['claim of a bad leaf', 'anchoring after close or deadline', 'node presented as leaf', 'lying node'],
  ...['lagging node', 'node that omits logs', 'stale-status bundle', 'non-canonical bundle'],
  ...[
    'signer address that has code',
    're-entering splitter payee',
    'reorg after anchoring',
    'stored NFC taps',
  ],
  ...['copied QR', 'hostile input to the resolver', 'hostile input to the verifier'],
  ...['any byte changed', 'network cut at every call'],
];

describe('the table of attacks', () => {
  it('has each attack that is named', () => {
    expect([...new Set(rows.map(({ attack }) => attack))].toSorted()).toEqual(ATTACKS.toSorted());
  });

  it('names tests that are there', () => {
    expect(missing(rows)).toEqual([]);
  });

  it('goes red for a test that is not there', () => {
    const renamed = rowsOf('| stolen signer | `test/attacks/verifier.spec.ts: stolen signer: is let in` |');
    const moved = rowsOf('| stolen signer | `test/attacks/elsewhere.spec.ts: stolen signer: a second` |');
    expect([...missing(renamed), ...missing(moved)]).toHaveLength(2);
  });
});
