import { describe, expect, it } from '@jest/globals';
import { afterAnchorRefused } from './after-anchor-refused.js';

describe('an anchoring that the contract refuses', () => {
  it.each([
    ['when another batch took its place', 'AnchorOutOfOrder', [4, 7n]],
    ['when its void stands on chain already', 'AnchorVoided', ['0x00']],
    ['when nothing is anchored any more', 'AnchoringEnded', [1n, 2n]],
  ])('is given up for a voided batch %s', (_, errorName, args) => {
    expect(afterAnchorRefused('voided', { errorName, args }).kind).toBe('GiveUp');
    expect(afterAnchorRefused('signed', { errorName, args }).kind).toBe('Wait');
  });

  it.each([
    ['while the batch before it is still to come', 'AnchorOutOfOrder', [4, 1n]],
    ['while its edition is not opened again', 'EditionUnknown', ['0x00', 1n]],
    ['while its issuer has not named the publisher again', 'NotPublisher', ['0x00', '0x00']],
  ])('waits also for a voided batch %s', (_, errorName, args) => {
    expect(afterAnchorRefused('voided', { errorName, args }).kind).toBe('Wait');
  });
});
