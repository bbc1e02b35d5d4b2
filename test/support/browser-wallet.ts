import type { Page } from 'playwright-core';
import { createWalletClient, defineChain, type Hex, http } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import type { TestChain } from './chain.js';

/** A wallet in the browser as EIP-1193 has it, with a funded key of its own on the test chain. */
export interface BrowserWallet {
  readonly address: Hex;
  /** The methods that the page asked for, in order. */
  readonly asked: readonly string[];
}

const IN_PAGE = `
  const provider = {
    request: async ({ method, params }) => {
      const answer = await window.askTestWallet(method, params ?? []);
      if ('error' in answer) throw Object.assign(new Error(answer.error.message), answer.error);
      return answer.result;
    },
  };
  const announce = () =>
    dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail: { info: { name: 'Test wallet' }, provider } }));
  addEventListener('eip6963:requestProvider', announce);
`;

/**
 * Puts a wallet into a page before it is loaded; its node is reached by the test, whatever the page's network does.
 * One that is a contract tells the contract's address and signs with the key of one of its owners.
 */
export async function putWallet(page: Page, chain: TestChain, contract?: Hex): Promise<BrowserWallet> {
  const account = privateKeyToAccount(generatePrivateKey());
  await chain.fund(account.address);
  const asked: string[] = [];
  const local = defineChain({
    ...{ id: 31337, name: 'test', nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 } },
    rpcUrls: { default: { http: [chain.rpcUrl] } },
  });
  const client = createWalletClient({ account, chain: local, transport: http(chain.rpcUrl) });
  const answers: Readonly<Record<string, (params: readonly unknown[]) => unknown>> = {
    eth_requestAccounts: () => [contract ?? account.address],
    personal_sign: ([message]) => account.signMessage({ message: { raw: message as Hex } }),
    eth_sendTransaction: ([call]) => {
      const { to, data } = call as { readonly to: Hex; readonly data: Hex };
      return client.sendTransaction({ to, data });
    },
  };
  await page.exposeFunction('askTestWallet', async (method: string, params: readonly unknown[]) => {
    asked.push(method);
    const own = answers[method];
    try {
      return { result: await (own ? own(params) : client.request({ method, params } as never)) };
    } catch (error) {
      const { message, code, cause } = error as Error & { readonly code?: number };
      const data = JSON.stringify(cause ?? null, (_, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      );
      return { error: { message: `${message} ${data}`, code: code ?? -32000 } };
    }
  });
  await page.addInitScript(IN_PAGE);
  return { address: contract ?? account.address, asked };
}
