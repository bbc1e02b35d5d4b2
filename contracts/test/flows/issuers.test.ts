import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { refused } from '../support/refusal.ts';
import { keys, startScene, zeroAddress } from '../support/scene.ts';

describe('issuers', () => {
  it('says its domain, publisher and co-signer, and nothing about strangers', async () => {
    const scene = await startScene();
    await scene.asIssuer.write.setDomain(['touchmark.test']);
    assert.deepEqual(await scene.receipts.read.issuerOf([scene.issuer]), [
      'touchmark.test',
      keys.publisher.address,
      keys.coSigner.address,
    ]);
    assert.deepEqual(await scene.receipts.read.issuerOf([scene.collector]), ['', zeroAddress, zeroAddress]);
    assert.deepEqual(await refused(scene.asIssuer.write.setDomain(['a'.repeat(254)]), 'DomainTooLong'), [
      254n,
      253n,
    ]);
  });

  it('dates a signer by block time when added and when retired, once each', async () => {
    const scene = await startScene();
    await scene.asIssuer.write.setSigner([keys.signer.address]);
    const validFrom = BigInt(await scene.now());
    assert.deepEqual(await scene.receipts.read.signerOf([scene.issuer, keys.signer.address]), [
      validFrom,
      0n,
    ]);
    await refused(scene.asIssuer.write.setSigner([keys.signer.address]), 'SignerKnown');
    await scene.step(1000);
    await scene.asIssuer.write.retireSigner([keys.signer.address]);
    const period = [validFrom, BigInt(await scene.now())];
    assert.deepEqual(await scene.receipts.read.signerOf([scene.issuer, keys.signer.address]), period);
    await scene.step(1000);
    await refused(scene.asIssuer.write.retireSigner([keys.signer.address]), 'SignerNotInForce');
    await refused(scene.asIssuer.write.setSigner([keys.signer.address]), 'SignerKnown');
    assert.deepEqual(await scene.receipts.read.signerOf([scene.issuer, keys.signer.address]), period);
  });

  it('keeps the signers of two issuers apart and refuses the zero address', async () => {
    const scene = await startScene();
    await scene.asCollector.write.setSigner([keys.signer.address]);
    assert.deepEqual(await scene.receipts.read.signerOf([scene.issuer, keys.signer.address]), [0n, 0n]);
    await refused(scene.asIssuer.write.retireSigner([keys.signer.address]), 'SignerNotInForce');
    await refused(scene.asIssuer.write.setSigner([zeroAddress]), 'SignerZero');
  });
});
