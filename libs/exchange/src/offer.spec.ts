import { describe, expect, it } from '@jest/globals';
import { LONGEST_CONTRACT, decideContract } from './contract.js';
import { decideOffer, type OfferTerms } from './offer.js';
import { operationsOf } from './steps.js';

const TERMS: OfferTerms = {
  ...{
    title: 'Screen printing',
    kindsOfWork: ['screen-printing'],
    materials: ['cotton'],
    leadTime: 'a week',
  },
  ...{ leadHours: 24, firmHours: 48 },
  steps: [{ cellKind: 'print', family: null, minutesPerBatch: 30, minutesPerUnit: 2 }],
  prices: [{ fromUnits: 1, setupMinor: 1000n, unitMinor: 50n }],
  windows: [{ weekday: 1, fromMinute: 480, toMinute: 720 }],
  refund: { reclaimPercent: 100, cancelTiers: [{ noticeHours: 48, percentBack: 100 }] },
};
const refusedBy = (change: Partial<OfferTerms>): string => {
  const decision = decideOffer({ ...TERMS, ...change });
  return decision.kind === 'FieldRefused' ? decision.field : decision.kind;
};
const step = { cellKind: 'print', family: null, minutesPerBatch: 0, minutesPerUnit: 1 };
const price = { fromUnits: 1, setupMinor: 0n, unitMinor: 1n };
const tiers = (...cancelTiers: OfferTerms['refund']['cancelTiers'][number][]) => ({
  refund: { reclaimPercent: 100, cancelTiers },
});

describe('an offer', () => {
  it.each<[string, Partial<OfferTerms>, string]>([
    ['as it should be', {}, 'OfferAccepted'],
    ['without a step', { steps: [] }, 'NoCapacity'],
    ['without a window', { windows: [] }, 'NoCapacity'],
    ['without a title', { title: ' ' }, 'title'],
    ['with a kind of work in capitals', { kindsOfWork: ['Printing'] }, 'kindsOfWork'],
    ['with a kind of work twice', { kindsOfWork: ['a', 'a'] }, 'kindsOfWork'],
    ['with a negative lead', { leadHours: -1 }, 'leadHours'],
    ['with half an hour of firmness', { firmHours: 0.5 }, 'firmHours'],
    ['with a step of no time', { steps: [{ ...step, minutesPerUnit: 0 }] }, 'steps'],
    ['with a negative step', { steps: [{ ...step, minutesPerBatch: -1 }] }, 'steps'],
    ['without a price', { prices: [] }, 'prices'],
    ['with two prices from the same units', { prices: [price, price] }, 'prices'],
    ['for nothing', { prices: [{ ...price, unitMinor: 0n }] }, 'prices'],
    ['with a negative price', { prices: [{ ...price, unitMinor: -1n }] }, 'prices'],
    ['with a window that ends first', { windows: [{ weekday: 1, fromMinute: 60, toMinute: 60 }] }, 'windows'],
    ['that gives back more than all', tiers({ noticeHours: 1, percentBack: 101 }), 'refund'],
    [
      'with two tiers of one notice',
      tiers({ noticeHours: 1, percentBack: 1 }, { noticeHours: 1, percentBack: 2 }),
      'refund',
    ],
  ])('%s is decided: %p -> %s', (_, change, kind) => {
    expect(refusedBy(change)).toBe(kind);
  });

  it('plans fixed minutes once and the others for each unit', () => {
    expect(operationsOf(TERMS.steps, 10)).toEqual([
      { position: 1, cellKind: 'print', family: null, minutes: 50 },
    ]);
    expect(() => operationsOf(TERMS.steps, 0)).toThrow(RangeError);
  });
});

describe('a contract', () => {
  const kindOf = (schema: unknown): string => decideContract(JSON.stringify(schema)).kind;

  it.each<[string, unknown, string]>([
    [
      'an object of typed properties',
      { type: 'object', properties: { a: { type: 'string' } } },
      'ContractAccepted',
    ],
    ['no schema', [], 'ContractInvalid'],
    ['a schema of no object', { type: 'string' }, 'ContractInvalid'],
    ['a property without a type', { type: 'object', properties: { a: {} } }, 'ContractInvalid'],
    [
      'a type that is none, though every object has a property of that name',
      { type: 'object', properties: { a: { type: 'constructor', minLength: 1 } } },
      'ContractInvalid',
    ],
    [
      'a list of which no simple item may come twice',
      { type: 'object', properties: { a: { type: 'array', items: { type: 'string' }, uniqueItems: true } } },
      'ContractAccepted',
    ],
    [
      'a list whose objects would each be compared to all others',
      {
        type: 'object',
        properties: {
          a: { type: 'array', items: { type: 'object', properties: {} }, uniqueItems: true },
        },
      },
      'ContractInvalid',
    ],
    [
      'more choices than a person would write',
      {
        type: 'object',
        properties: { a: { type: 'integer', enum: Array.from({ length: 101 }, (_, n) => n) } },
      },
      'ContractInvalid',
    ],
    ['a list without items', { type: 'object', properties: { a: { type: 'array' } } }, 'ContractInvalid'],
    ['a reference', { type: 'object', properties: { a: { $ref: '#' } } }, 'ContractInvalid'],
    [
      'a pattern, which can be made to never end',
      { type: 'object', properties: { a: { type: 'string', pattern: '(a+)+$' } } },
      'ContractInvalid',
    ],
    [
      'a choice that lies deeper than can be compared',
      {
        type: 'object',
        properties: { a: { type: 'string', enum: [JSON.parse(`${'['.repeat(2000)}${']'.repeat(2000)}`)] } },
      },
      'ContractInvalid',
    ],
    [
      'a constant that lies deeper than can be compared',
      {
        type: 'object',
        properties: { a: { type: 'string', const: { a: { b: { c: { d: { e: { f: 1 } } } } } } } },
      },
      'ContractInvalid',
    ],
    [
      'a constant of some levels',
      { type: 'object', properties: { a: { type: 'string', const: { a: ['b', { c: null }] } } } },
      'ContractAccepted',
    ],
    [
      'additional properties',
      { type: 'object', properties: {}, additionalProperties: true },
      'ContractInvalid',
    ],
  ])('of %s is decided: %p -> %s', (_, schema, kind) => {
    expect(kindOf(schema)).toBe(kind);
  });

  it('is no text that is not JSON, too long or too deep', () => {
    expect(decideContract('{').kind).toBe('ContractInvalid');
    expect(decideContract(`"${'a'.repeat(LONGEST_CONTRACT)}"`).kind).toBe('ContractInvalid');
    let deep: object = { type: 'string' };
    for (let level = 0; level < 5; level += 1) deep = { type: 'object', properties: { in: deep } };
    expect(kindOf(deep)).toBe('ContractInvalid');
  });

  it('names no property that is the prototype of what has it', () => {
    const named = '{"type":"object","properties":{"__proto__":{"type":"string"}}}';
    expect(decideContract(named).kind).toBe('ContractInvalid');
  });

  it('is closed at every level, so that a typing error is no input', () => {
    const inner = { type: 'object', properties: { b: { type: 'integer' } } };
    const decision = decideContract(
      JSON.stringify({ type: 'object', properties: { list: { type: 'array', items: inner } } }),
    );
    expect(decision).toMatchObject({
      schema: {
        additionalProperties: false,
        properties: { list: { items: { additionalProperties: false } } },
      },
    });
  });
});
