import { describe, expect, it } from '@jest/globals';
import { SharedReads } from './shared-reads.js';

type Read = (keys: readonly string[]) => Promise<ReadonlyMap<string, string>>;

const echo: Read = (keys) => Promise.resolve(new Map(keys.map((key) => [key, `${key}!`])));

describe('shared reads', () => {
  it('answer all who ask in one moment by one statement', async () => {
    const asked: (readonly string[])[] = [];
    const reads = new SharedReads((keys) => {
      asked.push(keys);
      return echo(keys);
    });
    expect(await Promise.all(['a', 'b', 'a'].map((key) => reads.ask(key)))).toEqual(['a!', 'b!', 'a!']);
    expect(asked).toEqual([['a', 'b']]);
  });

  it('answer undefined for what is not there', async () => {
    const reads = new SharedReads<string>(() => Promise.resolve(new Map()));
    expect(await reads.ask('a')).toBeUndefined();
  });

  it('read again for whoever asks after a statement went out, also for the same key', async () => {
    let stored = 'before';
    const started = Promise.withResolvers<undefined>();
    const release = Promise.withResolvers<undefined>();
    const reads = new SharedReads(async (keys) => {
      const seen = stored;
      started.resolve(undefined);
      await release.promise;
      return new Map(keys.map((key) => [key, seen]));
    });
    const early = reads.ask('session');
    await started.promise;
    stored = 'revoked';
    const late = reads.ask('session');
    release.resolve(undefined);
    expect([await early, await late]).toEqual(['before', 'revoked']);
  });

  it('give the failure of a statement to those who asked, and answer the next', async () => {
    let works = false;
    const reads = new SharedReads((keys) => (works ? echo(keys) : Promise.reject(new Error('no database'))));
    const failed = await Promise.allSettled([reads.ask('a'), reads.ask('b')]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    works = true;
    expect(await reads.ask('a')).toBe('a!');
  });

  it('are not held up by a statement that is never answered', async () => {
    const never: Read = () => Promise.withResolvers<never>().promise;
    const started = Promise.withResolvers<undefined>();
    let read: Read = (keys) => {
      started.resolve(undefined);
      return never(keys);
    };
    const reads = new SharedReads((keys) => read(keys));
    void reads.ask('a');
    await started.promise;
    read = echo;
    expect(await reads.ask('b')).toBe('b!');
  });

  it('ask for no more than 200 keys at a time', async () => {
    const sizes: number[] = [];
    const reads = new SharedReads((keys) => {
      sizes.push(keys.length);
      return echo(keys);
    });
    await Promise.all(Array.from({ length: 450 }, (_, key) => reads.ask(String(key))));
    expect(sizes).toEqual([200, 200, 50]);
  });
});
