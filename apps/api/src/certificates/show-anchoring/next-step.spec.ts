import { describe, expect, it } from '@jest/globals';
import type { EditionAnchoring } from './anchorings.repository.js';
import { nextStepOf, wordsOfStep } from './next-step.js';

const batch = {
  id: '',
  firstSerial: 4,
  unitCount: 3,
  state: 'anchored',
  refusal: null,
  anchoredAt: null,
} as const;
const edition: EditionAnchoring = {
  ...{ coopId: '', id: '', title: '', gtin: '', size: 50, cosignDays: 0, objectionDays: 2, voiding: false },
  ...{ opening: 'finalized', closing: null, sold: 12, made: 6, anchored: 6, final: 6, newestBatch: batch },
};

describe('what happens next to an edition', () => {
  it.each<[string, Partial<EditionAnchoring>, string, string]>([
    ['its sale has to be opened', { opening: null }, 'open_sale', 'Open its sale'],
    ['it is being opened', { opening: 'submitted' }, 'being_opened', 'nobody has to do anything'],
    [
      'people have to look when the chain refused it',
      { opening: 'failed' },
      'look_at_opening',
      'refused to open',
    ],
    [
      'a refused batch is repaired',
      { newestBatch: { ...batch, state: 'refused', refusal: 'its leaf is another' } },
      'repair_batch',
      'No. 4 to 6: its leaf is another',
    ],
    ['a batch is being voided', { voiding: true }, 'being_voided', 'once that is final'],
    [
      'the pieces of a voided batch get other certificates',
      { newestBatch: { ...batch, state: 'voided' } },
      'issue_anew',
      'No. 4 to 6: voided',
    ],
    [
      'a batch waits for the publisher',
      { newestBatch: { ...batch, state: 'proposed' } },
      'publisher_signs',
      'No. 4 to 6',
    ],
    [
      'a batch of one waits for a block',
      { newestBatch: { ...batch, state: 'signed', unitCount: 1 } },
      'being_anchored',
      'No. 4: signed',
    ],
    ['its block becomes final', { final: 3 }, 'becoming_final', 'by itself'],
    ['pieces are made', {}, 'make_pieces', '6 of 12 sold pieces passed'],
    ['it is being closed', { closing: 'safe' }, 'being_closed', 'being closed'],
    ['nothing is left', { closing: 'finalized' }, 'done', 'Closed for ever at 6'],
  ])('%s', (_, change, step, words) => {
    const changed = { ...edition, ...change };
    expect(nextStepOf(changed)).toBe(step);
    expect(wordsOfStep(nextStepOf(changed), changed)).toContain(words);
  });
});
