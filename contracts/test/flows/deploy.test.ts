import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createCipheriv, scryptSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';

import { network } from 'hardhat';
import { bytesToHex, concat, createPublicClient, http, keccak256, toHex, type Hex } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';

import { collectorReceiptsRuntime } from '../../abi/collector-receipts.bytecode.ts';
import { verifiedCode } from '../../scripts/deploy/code.ts';
import { openKeystore } from '../../scripts/deploy/keystore.ts';

const PASSWORD = 'correct horse';
const script = new URL('../../scripts/deploy.ts', import.meta.url).pathname;
const account = mnemonicToAccount('test test test test test test test test test test test junk');
const key: Hex = bytesToHex(account.getHdKey().privateKey ?? new Uint8Array());

type Answer = { code: number; words: string };
let folder = '';
let rpc = '';
let stop = async () => undefined as unknown;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'deploy-'));
  const server = await network.createServer();
  const { address, port } = await server.listen();
  rpc = `http://${address}:${String(port)}`;
  stop = () => server.close();
  await writeFile(path.join(folder, 'keystore.json'), keystoreOf(key, PASSWORD));
  await writeFile(path.join(folder, 'password'), `${PASSWORD}\n`);
});

after(async () => {
  await stop();
  await rm(folder, { recursive: true });
});

/** The keystore of a key as wallets write it, with a cheap derivation. */
function keystoreOf(privateKey: Hex, password: string): string {
  const [salt, iv] = [Buffer.alloc(32, 7), Buffer.alloc(16, 9)];
  const params = { n: 1024, r: 8, p: 1, dklen: 32 };
  const derived = scryptSync(password, salt, 32, { N: params.n, r: params.r, p: params.p });
  const cipher = createCipheriv('aes-128-ctr', derived.subarray(0, 16), iv);
  const ciphertext = Buffer.concat([cipher.update(Buffer.from(privateKey.slice(2), 'hex')), cipher.final()]);
  const mac = keccak256(concat([toHex(derived.subarray(16, 32)), toHex(ciphertext)])).slice(2);
  return JSON.stringify({
    version: 3,
    id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
    crypto: {
      cipher: 'aes-128-ctr',
      cipherparams: { iv: iv.toString('hex') },
      ciphertext: ciphertext.toString('hex'),
      kdf: 'scrypt',
      kdfparams: { ...params, salt: salt.toString('hex') },
      mac,
    },
  });
}

async function deploy(out: string, password = 'password'): Promise<Answer> {
  const files = ['--keystore', 'keystore.json', '--password-file', password];
  const args = [script, '--rpc', rpc, '--out', out, ...files];
  return promisify(execFile)(process.execPath, args, { cwd: folder }).then(
    ({ stdout, stderr }) => ({ code: 0, words: stdout + stderr }),
    (error: unknown) => {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, words: stdout + stderr };
    },
  );
}

describe('deploying with a keystore', () => {
  it('writes what stands on the chain, tells no secret and deploys nothing twice', async () => {
    const first = await deploy('once');
    assert.equal(first.code, 0, first.words);
    const record = JSON.parse(await readFile(path.join(folder, 'once/31337.json'), 'utf8')) as {
      contract: Hex;
      splitters: Hex;
    };
    const reader = createPublicClient({ transport: http(rpc) });
    const code = await reader.getCode({ address: record.contract });
    assert.deepEqual(record, {
      chainId: 31337,
      contract: record.contract,
      splitters: record.splitters,
      codeHash: keccak256(code ?? '0x'),
      maskedCodeHash: collectorReceiptsRuntime.maskedCodeHash,
      block: 1,
    });
    assert.ok(!first.words.includes(PASSWORD) && !first.words.includes(key.slice(2)));
    const height = await reader.getBlockNumber();
    const again = await deploy('once');
    assert.equal(again.code, 0, again.words);
    assert.match(again.words, /deployed before/);
    assert.equal(await reader.getBlockNumber(), height);
  });

  it('leaves the record of another deployment as it is', async () => {
    await deploy('other');
    const file = path.join(folder, 'other/31337.json');
    const record = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    const other = JSON.stringify({ ...record, contract: record['splitters'] });
    await writeFile(file, other);
    const answer = await deploy('other');
    assert.equal(answer.code, 1);
    assert.match(answer.words, /another deployment on record/);
    assert.equal(await readFile(file, 'utf8'), other);
  });

  it('says that a password is wrong and nothing about the key', async () => {
    await writeFile(path.join(folder, 'wrong'), 'incorrect horse');
    const answer = await deploy('none', 'wrong');
    assert.deepEqual(answer, { code: 1, words: 'The keystore does not open with this password.\n' });
  });
});

describe('a keystore', () => {
  it('opens as the published example of the format says', () => {
    // Web3 Secret Storage Definition, test vector with PBKDF2-SHA-256.
    const example = {
      version: 3,
      crypto: {
        cipher: 'aes-128-ctr',
        cipherparams: { iv: '6087dab2f9fdbbfaddc31a909735c1e6' },
        ciphertext: '5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46',
        kdf: 'pbkdf2',
        kdfparams: {
          c: 262144,
          dklen: 32,
          prf: 'hmac-sha256',
          salt: 'ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd',
        },
        mac: '517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2',
      },
    };
    assert.equal(
      openKeystore(JSON.stringify(example), 'testpassword'),
      '0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d',
    );
    assert.throws(() => openKeystore('{}', PASSWORD), /not a JSON keystore/);
    assert.throws(() => openKeystore(JSON.stringify({ ...example, version: 2 }), ''), /expected version 3/);
  });
});

describe('checking code', () => {
  it('names an address without code and a contract with one other byte', () => {
    assert.throws(() => verifiedCode('X', '0x', collectorReceiptsRuntime), /no code/);
    const code: Hex = `0x${'00'.repeat(collectorReceiptsRuntime.codeBytes)}`;
    assert.throws(() => verifiedCode('X', code, collectorReceiptsRuntime), /not the committed/);
  });
});
