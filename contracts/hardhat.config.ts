import { createRequire } from 'node:module';

import hardhatNodeTestRunner from '@nomicfoundation/hardhat-node-test-runner';
import hardhatViem from '@nomicfoundation/hardhat-viem';
import { defineConfig } from 'hardhat/config';

import { soliditySettings } from './solidity-settings.ts';

// The compiler is the one from npm: nothing is downloaded, so the same bytes compile everywhere and offline.
const soljson = createRequire(import.meta.url).resolve('solc/soljson.js');

export default defineConfig({
  plugins: [hardhatViem, hardhatNodeTestRunner],
  paths: {
    sources: ['./receipts', './splits'],
    tests: { solidity: './test/solidity', nodejs: './test/flows' },
  },
  solidity: {
    version: '0.8.37',
    path: soljson,
    settings: soliditySettings,
  },
  networks: {
    default: {
      type: 'edr-simulated',
      chainType: 'l1',
      hardfork: 'cancun',
      // The vectors carry a deadline; a chain that starts at a fixed time keeps them true for ever.
      initialDate: '2026-01-01T00:00:00Z',
    },
  },
  test: {
    solidity: {
      fuzz: { runs: process.env['TOUCHMARK_PROOF'] === '1' ? 10_000 : 256, seed: '0x746f7563686d61726b' },
      invariant: { runs: 32, depth: 64, failOnRevert: true },
    },
  },
});
