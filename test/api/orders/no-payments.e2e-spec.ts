import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, startTestApp } from '../../support/app.js';
import { aCoop } from '../../support/builders/membership.js';
import { anOpenDrop, askForUnits, seenDrop } from '../../support/builders/orders.js';

describe('an installation without a payment provider', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ env: { PAYMENTS: 'none' } });
  });
  afterAll(async () => {
    await app.stop();
  });

  it('refuses an order before it holds a unit', async () => {
    const coop = await aCoop(app);
    const drop = await anOpenDrop(app, coop);
    expect(await askForUnits(app, coop.admin, drop)).toMatchObject({
      __typename: 'InputRefused',
      field: 'paymentMethod',
    });
    expect(await seenDrop(app, drop)).toMatchObject({ unitsOrdered: 0 });
  });

  it('has no sandbox to be called back by', async () => {
    const headers = { 'content-type': 'application/vnd.touchmark.sandbox+json' };
    const answer = await fetch(`${app.url}/payments/sandbox/callback`, {
      method: 'POST',
      headers,
      body: '{}',
    });
    expect(answer.status).toBe(404);
  });
});
