import { describe, expect, it } from '@jest/globals';
import { contractFields, contractInput, inputLines } from '../../apps/web/src/lib/contract-fields.ts';

const SCHEMA = JSON.stringify({
  type: 'object',
  properties: {
    colour: { type: 'string', enum: ['black', 'red'] },
    copies: { type: 'integer', minimum: 1, maximum: 9, title: 'Copies a sheet' },
    note: { type: 'string', maxLength: 500 },
    trim: { type: 'boolean' },
    papers: { type: 'array', items: { type: 'string' } },
    size: { type: 'object', properties: { widthMm: { type: 'number' } }, required: ['widthMm'] },
    marks: { type: 'array', items: { type: 'object', properties: { x: { type: 'number' } } } },
  },
  required: ['colour', 'size'],
});

describe('the form of a contract', () => {
  const fields = contractFields(SCHEMA);
  const read = (typed: Record<string, string>): unknown =>
    JSON.parse(contractInput(fields, (name) => typed[name] ?? null));

  it('has a field for each property, nested ones laid out flat', () => {
    expect(fields.map(({ name, kind, required }) => [name, kind, required])).toEqual([
      ['input.colour', 'choice', true],
      ['input.copies', 'number', false],
      ['input.note', 'long', false],
      ['input.trim', 'yes', false],
      ['input.papers', 'list', false],
      ['input.size.widthMm', 'number', true],
      ['input.marks', 'json', false],
    ]);
    expect(fields.map(({ label }) => label).slice(0, 2)).toEqual(['Colour', 'Copies a sheet']);
  });

  it('is read as values of the types of the contract', () => {
    expect(
      read({
        'input.colour': '"red"',
        'input.copies': '2',
        'input.trim': 'on',
        'input.papers': 'thin\n\nthick',
        'input.size.widthMm': '12.5',
        'input.marks': '[{"x":1}]',
      }),
    ).toEqual({
      colour: 'red',
      copies: 2,
      trim: true,
      papers: ['thin', 'thick'],
      size: { widthMm: 12.5 },
      marks: [{ x: 1 }],
    });
  });

  it('leaves out what was left empty, and what is no number to be refused', () => {
    expect(read({ 'input.note': ' ', 'input.copies': 'two' })).toEqual({ copies: 'two', trim: false });
  });

  it('tells what was asked for in lines, whatever it is called', () => {
    const input = { artworkLink: 'https://a.example', trim: false, papers: ['thin', 'thick'], copies: 2 };
    expect(inputLines(JSON.stringify({ ...input, size: { width_mm: 12.5 }, marks: [{ x: 1 }] }))).toEqual([
      ['Artwork link', 'https://a.example'],
      ['Trim', 'no'],
      ['Papers', 'thin, thick'],
      ['Copies', '2'],
      ['Size, Width mm', '12.5'],
      ['Marks', '[{"x":1}]'],
    ]);
    expect(inputLines('{"constructor":{"prototype":"x"}}')).toEqual([['Constructor, Prototype', 'x']]);
    expect([inputLines('{}'), inputLines('no JSON')]).toEqual([[], []]);
  });

  it('reaches no prototype, whatever a provider calls a property', () => {
    const inner = '{"type":"object","properties":{"polluted":{"type":"string"}}}';
    const nested = contractFields(`{"type":"object","properties":{"__proto__":${inner}}}`);
    expect(contractInput(nested, () => 'x')).toBe('{"__proto__":{"polluted":"x"}}');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
