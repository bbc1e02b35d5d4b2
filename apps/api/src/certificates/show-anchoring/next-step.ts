import type { EditionAnchoring } from './anchorings.repository.js';

/** What happens next to an edition on its way to the chain. */
export type AnchoringStep =
  | 'open_sale'
  | 'being_opened'
  | 'look_at_opening'
  | 'repair_batch'
  | 'being_voided'
  | 'issue_anew'
  | 'publisher_signs'
  | 'being_anchored'
  | 'becoming_final'
  | 'make_pieces'
  | 'being_closed'
  | 'done';

const GONE = ['failed', 'given_up'];
const IN_BLOCK = ['included', 'safe', 'finalized'];

/** Decides it from the edition's calls to the chain and its newest batch; a batch that waits stops those behind it. */
export function nextStepOf(
  edition: Pick<EditionAnchoring, 'opening' | 'closing' | 'anchored' | 'final' | 'newestBatch' | 'voiding'>,
): AnchoringStep {
  const { opening, closing, anchored, final, newestBatch, voiding } = edition;
  if (opening === null) return 'open_sale';
  if (GONE.includes(opening)) return 'look_at_opening';
  if (!IN_BLOCK.includes(opening)) return 'being_opened';
  if (voiding) return 'being_voided';
  if (newestBatch?.state === 'voided') return 'issue_anew';
  if (newestBatch?.state === 'refused') return 'repair_batch';
  if (newestBatch?.state === 'proposed') return 'publisher_signs';
  if (newestBatch?.state === 'signed') return 'being_anchored';
  if (final < anchored) return 'becoming_final';
  if (closing === 'finalized') return 'done';
  return closing === null ? 'make_pieces' : 'being_closed';
}

/** The step in words, for people. */
export function wordsOfStep(step: AnchoringStep, edition: EditionAnchoring): string {
  const { newestBatch, made, sold } = edition;
  const first = newestBatch?.firstSerial ?? 0;
  const last = first + (newestBatch?.unitCount ?? 0) - 1;
  const serials = first === last ? `No. ${String(first)}` : `No. ${String(first)} to ${String(last)}`;
  switch (step) {
    case 'open_sale':
      return 'Open its sale: that commits its size on chain.';
    case 'being_opened':
      return 'The chain is asked to open it; nobody has to do anything.';
    case 'look_at_opening':
      return 'The chain refused to open it. Look at the log of the worker.';
    case 'repair_batch':
      return `The publisher refuses ${serials}: ${newestBatch?.refusal ?? ''}. Put the records right and repair the batch; nothing behind it is anchored until then.`;
    case 'being_voided':
      return 'The last batch is being voided on chain; once that is final its certificates can be issued anew.';
    case 'issue_anew':
      return `${serials}: voided, so nothing of them counts any more. Put the records right and issue the certificates anew; nothing behind them is anchored until then.`;
    case 'publisher_signs':
      return `${serials}: waiting for the publisher.`;
    case 'being_anchored':
      return `${serials}: signed and on the way into a block.`;
    case 'becoming_final':
      return `${serials}: in a block, which becomes final by itself.`;
    case 'make_pieces':
      return `${String(made)} of ${String(sold)} sold pieces passed; what passes is anchored by itself.`;
    case 'being_closed':
      return 'All that was made is anchored; the edition is being closed at that number.';
    case 'done':
      return `Closed for ever at ${String(made)}; nothing is left to do.`;
  }
}
