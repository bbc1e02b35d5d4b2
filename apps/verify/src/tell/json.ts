import { INFORMING_AXES, DECIDING_AXES } from '@touchmark/certificates';
import { EXIT_BY_VERDICT } from '../exit-codes.js';
import type { Report } from '../report.js';
import { VERSION } from '../usage.js';
import { printableJson } from './printable.js';

/** The format of the answer; what is in it keeps its meaning, and only new members come. */
export const REPORT_FORMAT = 'touchmark.verdict/1';

/** The whole report as JSON, for programs. */
export function jsonOf({ verdict, subject, name, heights, problems, hints }: Report): string {
  const { verdict: word, axes, proven, notProven, asOf } = verdict;
  const told = [...DECIDING_AXES, ...INFORMING_AXES].map((axis) => ({
    axis,
    decides: (DECIDING_AXES as readonly string[]).includes(axis),
    ...axes[axis],
  }));
  return `${printableJson({
    format: REPORT_FORMAT,
    verifier: `touchmark-verify ${VERSION}`,
    verdict: word,
    exitCode: EXIT_BY_VERDICT[word],
    certificate: subject && { ...subject, tokenId: String(subject.tokenId) },
    axes: told,
    proven,
    notProven,
    asOf,
    name,
    nodes: { heights, problems },
    hints,
  })}\n`;
}
