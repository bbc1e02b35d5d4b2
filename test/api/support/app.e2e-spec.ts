import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { until } from '../../support/until.js';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ worker: true });
});
afterAll(() => app.stop());

describe('the API under test', () => {
  it('is ready with its own database, chain and jobs', async () => {
    const ready = await until('the API to be ready', async () => {
      const response = await fetch(`${app.url}/health/ready`);
      return response.status === 200 && response;
    });
    expect(await ready.text()).toContain('database');
  });

  it('answers GraphQL over HTTP', async () => {
    expect(await app.gql('{ __typename }')).toEqual({ __typename: 'Query' });
    const { errors } = await app.ask('{ nothingOfTheKind }');
    expect(errors[0]?.message).toContain('nothingOfTheKind');
  });

  it('lives by the clock that the test moves', async () => {
    const at = new Date('2026-03-01T12:00:00Z');
    await app.clock.freeze(at);
    await app.clock.step(90_000);
    expect(await app.clock.now()).toEqual(new Date('2026-03-01T12:01:30Z'));
    await app.clock.release();
    expect((await app.clock.now()).getTime()).toBeGreaterThan(at.getTime());
    await app.clock.step(3_600_000);
    expect((await app.clock.now()).getTime() - Date.now()).toBeGreaterThan(3_500_000);
  });
});
