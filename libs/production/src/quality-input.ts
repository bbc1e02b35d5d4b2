import type { Remedy } from './hand-over.js';

/** The longest note of an inspection, in characters. */
export const MAX_NOTE_LENGTH = 1000;

// Databases refuse the null character, and no note needs the others; tab and line breaks are welcome.
const CONTROL = /[^\P{Cc}\t\n\r]/u;

/** What an inspector says of a unit: passed, made again, or refunded. */
export type Finding = 'pass' | Remedy;

export type QualityInputDecision =
  | { readonly kind: 'QualityAccepted'; readonly finding: Finding }
  | { readonly kind: 'FieldRefused'; readonly field: 'remedy' | 'note'; readonly message: string };

/** Checks the form of an inspection: a failed unit has a remedy, a passed one has none, and the note is short. */
export function decideQualityInput(input: {
  readonly outcome: 'passed' | 'failed';
  readonly remedy: Remedy | null;
  readonly note: string;
}): QualityInputDecision {
  const { outcome, remedy, note } = input;
  if (note.length > MAX_NOTE_LENGTH) {
    const message = `The note has ${note.length} characters. Keep it within ${MAX_NOTE_LENGTH}.`;
    return { kind: 'FieldRefused', field: 'note', message };
  }
  if (CONTROL.test(note)) {
    const message = 'The note holds a control character. Send plain text with line breaks at most.';
    return { kind: 'FieldRefused', field: 'note', message };
  }
  if (outcome === 'failed' && remedy === null) {
    const message = 'A failed unit needs a remedy. Choose REMAKE or REFUND.';
    return { kind: 'FieldRefused', field: 'remedy', message };
  }
  if (outcome === 'passed' && remedy !== null) {
    const message = 'A passed unit needs no remedy. Leave it out.';
    return { kind: 'FieldRefused', field: 'remedy', message };
  }
  return { kind: 'QualityAccepted', finding: remedy ?? 'pass' };
}
