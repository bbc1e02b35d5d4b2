import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { artifacts } from 'hardhat';
import { hexToBytes, keccak256, maxUint256, type Hex } from 'viem';

import { collectorReceiptsAbi } from '../../abi/collector-receipts.ts';
import {
  collectorReceiptsBytecode,
  collectorReceiptsRuntime,
} from '../../abi/collector-receipts.bytecode.ts';
import { anchor, certificate, claimOf } from '../support/batch.ts';
import { startScene } from '../support/scene.ts';

describe('standards', () => {
  it('answers for ERC-165, ERC-721, ERC-2981 and ERC-4906, and for nothing else', async () => {
    const { receipts } = await startScene();
    const ids: [Hex, boolean][] = [
      ['0x01ffc9a7', true],
      ['0x80ac58cd', true],
      ['0x5b5e139f', true],
      ['0x2a55205a', true],
      ['0x49064906', true],
      ['0xffffffff', false],
    ];
    for (const [id, expected] of ids) assert.equal(await receipts.read.supportsInterface([id]), expected, id);
  });

  it('states its EIP-712 domain by ERC-5267', async () => {
    const { receipts, address, chainId } = await startScene();
    const [fields, name, version, chain, contract] = await receipts.read.eip712Domain();
    assert.deepEqual([fields, name, version, chain], ['0x0f', 'Touchmark', '1', BigInt(chainId)]);
    assert.equal(contract.toLowerCase(), address.toLowerCase());
  });

  it('names the royalty of an edition for any price without overflow', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition({ royaltyBps: 750, payout: scene.collector });
    const { tokenId } = certificate(scene, edition, 1);
    assert.deepEqual(await scene.receipts.read.royaltyInfo([tokenId, 10_001n]), [scene.collector, 750n]);
    const [, most] = await scene.receipts.read.royaltyInfo([tokenId, maxUint256]);
    assert.equal(most, (maxUint256 * 750n) / 10_000n);
  });

  it('shows metadata below the base of the issuer, for claimed tokens', async () => {
    const scene = await startScene();
    const edition = await scene.openEdition();
    const batch = await anchor(scene, edition, 1, 1);
    await scene.receipts.write.claim([await claimOf(scene, edition, batch, 1)]);
    const { tokenId } = certificate(scene, edition, 1);
    assert.equal(await scene.receipts.read.tokenURI([tokenId]), '');
    await scene.asIssuer.write.setMetadataBase(['https://touchmark.test/receipts/']);
    assert.equal(
      await scene.receipts.read.tokenURI([tokenId]),
      `https://touchmark.test/receipts/${tokenId.toString()}`,
    );
    const [update] = await scene.receipts.getEvents.BatchMetadataUpdate({ fromBlock: 0n });
    assert.equal(update?.args._fromTokenId, BigInt(scene.issuer) << 96n);
  });

  it('has no owner, upgrade, pause, mint or burn', () => {
    const names = collectorReceiptsAbi
      .filter((entry) => entry.type === 'function')
      .map((entry) => entry.name);
    const forbidden = /owner$|^transferOwnership|upgrade|initialize|pause|mint|burn|withdraw|^set.*Fee/i;
    assert.deepEqual(
      names.filter((name) => forbidden.test(name)),
      [],
    );
  });

  it('is committed as the sources compile', async () => {
    const { bytecode, abi } = await artifacts.readArtifact('CollectorReceipts');
    assert.equal(bytecode, collectorReceiptsBytecode);
    assert.equal(abi.length, collectorReceiptsAbi.length);
  });

  it('runs the code that the committed hash describes', async () => {
    const scene = await startScene();
    const code = hexToBytes((await scene.chain.getCode({ address: scene.address })) ?? '0x');
    assert.ok(code.length <= 24_576, 'the code fits in one contract');
    assert.equal(code.length, collectorReceiptsRuntime.codeBytes);
    for (const { start, length } of collectorReceiptsRuntime.immutables) code.fill(0, start, start + length);
    assert.equal(keccak256(code), collectorReceiptsRuntime.maskedCodeHash);
  });
});
