import {
  type AsOf,
  type Axis,
  DECIDING_AXES,
  type Finding,
  type Height,
  INFORMING_AXES,
  type NodeHeights,
  type VerdictWord,
} from '@touchmark/certificates';
import { EXIT_BY_VERDICT } from '../exit-codes.js';
import type { Report, Subject } from '../report.js';
import { printable } from './printable.js';

const MEANING: Readonly<Record<VerdictWord, string>> = {
  GENUINE: 'Issued, anchored on chain and in force.',
  PROVISIONAL: 'Signed, but not anchored for good yet: not proof yet.',
  WITHDRAWN: 'It was issued, and the issuer took it back.',
  SUPERSEDED: 'It was issued, and a newer certificate of the same piece replaced it.',
  NOT_GENUINE: 'Something in it is false.',
  UNDETERMINED: 'Nothing is known to be wrong, but not enough could be checked.',
};

const STATE: Readonly<Record<Finding['state'], string>> = {
  VALID: 'valid',
  INVALID: 'INVALID',
  NOT_CHECKED: 'not checked',
  UNDETERMINED: 'unknown',
};

const MOST_SHOWN = 12;
const MOST_VALUE = 100;

/** The report for people: words alone carry it, and nothing that somebody else wrote can act on the terminal. */
export function humanOf(report: Report): string {
  const { verdict, subject, name, heights, problems, hints } = report;
  const { verdict: word, axes, asOf, notProven } = verdict;
  const all = [...DECIDING_AXES, ...INFORMING_AXES];
  const messages = new Set(all.map((axis) => axes[axis].message));
  const lines = [
    `${word}: ${MEANING[word]}`,
    ...(subject === null ? [] : ['', ...subjectLines(subject)]),
    '',
    ...all.map((axis) => axisLine(axis, axes[axis])),
    ...(name.kind === 'NotAsked' ? [] : [`  ${'name'.padEnd(10)}${name.message}`]),
    '',
    'Not proven by this:',
    ...notProven.filter((message) => !messages.has(message)).map((message) => `  ${message}`),
    ...(asOf === null ? [] : ['', asOfLine(asOf)]),
    ...heights.map(heightsLine),
    ...problems.map(({ name: node, problem, message }) => `${node}, ${problem}: ${message}`),
    ...(hints.length === 0 ? [] : ['', ...hints]),
    '',
    `Exit code ${String(EXIT_BY_VERDICT[word])}.`,
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

function subjectLines({ serial, edition, issuer, chainId, contract, shown }: Subject): string[] {
  const more = shown.length - MOST_SHOWN;
  return [
    `Serial ${String(serial)} of edition ${edition} of issuer ${issuer}`,
    `Made for chain ${String(chainId)}, contract ${contract}`,
    ...(shown.length === 0 ? [] : ['What its document says:']),
    ...shown.slice(0, MOST_SHOWN).map(({ path, value }) => `  ${path}: ${shortened(value)}`),
    ...(more > 0 ? [`  and ${String(more)} more; --json shows all`] : []),
  ];
}

function shortened(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= MOST_VALUE ? text : `${text.slice(0, MOST_VALUE)}...`;
}

function axisLine(axis: Axis, { state, code, message }: Finding): string {
  return `  ${axis.padEnd(10)}${STATE[state].padEnd(13)}${message} (${String(code)})`;
}

function asOfLine({ blockNumber, blockHash, blockTime, finality }: AsOf): string {
  const final = finality === 'final' ? 'final' : 'the newest, not final';
  return `As of block ${String(blockNumber)} (${final}), ${instant(blockTime)}, ${blockHash}`;
}

function heightsLine({ name, latest, safe, final }: NodeHeights): string {
  const height = (of: Height | null): string => (of === null ? 'not told' : String(of.number));
  return `${name}: newest ${height(latest)}, safe ${height(safe)}, final ${height(final)}`;
}

function instant(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? `second ${String(seconds)}` : date.toISOString();
}
