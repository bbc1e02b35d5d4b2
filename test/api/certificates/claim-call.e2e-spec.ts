import { describe, expect, it } from '@jest/globals';
import {
  addressOfKey,
  claimCall,
  claimDigest,
  claimRefusal,
  clearMissingCall,
  deriveCertificate,
  reportMissingCall,
  signDigest,
} from '@touchmark/certificates';
import { collectorReceiptsAbi as abi } from '@touchmark/contracts';
import { encodeErrorResult, encodeFunctionData } from 'viem';
import { bytesOf, sampleAnchored } from '../../../libs/certificates/src/sample-certificate.js';

describe('a claim that is sent without the co-op', () => {
  const claimKey = bytesOf('claim 3');
  const bundle = { ...sampleAnchored(3), claimKey: addressOfKey(claimKey) };
  const recipient = addressOfKey(bytesOf('collector'));

  it.each(['0x', `0x${'ab'.repeat(65)}`] as const)(
    'is the call that an independent library encodes (co-signature %s)',
    (coSignature) => {
      const { issuer, serial, inclusion } = bundle;
      const edition = BigInt(bundle.edition);
      const deadline = 1_795_900_000;
      if (inclusion === null) throw new Error('Expected an anchored certificate.');
      const { firstSerial, count, root, time, cosignUntil, path } = inclusion;
      const terms = { issuer, edition, serial, recipient, deadline };
      const request = {
        ...{ issuer, edition, serial, recipient, path, coSignature },
        deadline: BigInt(deadline),
        certificateDigest: deriveCertificate(bundle).digest,
        batch: { firstSerial, count, root, time: BigInt(time), cosignUntil },
        claimSignature: signDigest(claimKey, claimDigest(bundle, terms)),
      };
      expect(claimCall(bundle, claimKey, { recipient, deadline }, coSignature)).toBe(
        encodeFunctionData({ abi, functionName: 'claim', args: [request] }),
      );
    },
  );

  it('is told in words why it is refused', () => {
    const data = encodeErrorResult({ abi, errorName: 'ClaimInvalid', args: [9n, 4] });
    expect(claimRefusal(`execution reverted: ${data}`)).toContain('claimed already');
    expect(claimRefusal('out of gas')).toBeNull();
  });

  it('is joined by the calls that report a piece missing and found', () => {
    for (const [functionName, call] of [
      ['reportMissing', reportMissingCall(12n)],
      ['clearMissing', clearMissingCall(12n)],
    ] as const)
      expect(call).toBe(encodeFunctionData({ abi, functionName, args: [12n] }));
  });
});
