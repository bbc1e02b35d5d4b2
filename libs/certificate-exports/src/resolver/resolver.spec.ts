import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readLinkQuery } from './link-type.js';
import { type PieceLink, linkOfType, linksetOf } from './linkset.js';
import { preferredType } from './negotiate.js';
import { readPrintedPath } from './printed-link.js';

const PAGE = 'text/html';
const LINKSET = 'application/linkset+json';

describe('content negotiation', () => {
  it.each([
    [undefined, PAGE],
    ['', PAGE],
    ['*/*', PAGE],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', PAGE],
    [LINKSET, LINKSET],
    [`${LINKSET};q=0.9, text/html;q=0.5`, LINKSET],
    [`${LINKSET};q=0.5, text/html;q=0.9`, PAGE],
    [`${LINKSET};q=0.5, text/*;q=0.9`, PAGE],
    [`text/html;q=0, */*`, LINKSET],
    ['application/*', LINKSET],
    ['APPLICATION/LINKSET+JSON', LINKSET],
    ['text/html;q=2, application/linkset+json;q=0.1', LINKSET],
    ['image/png', null],
    ['application/linkset+json;q=0', null],
    [`${LINKSET}${' '.repeat(5000)}`, PAGE],
  ])('of %j prefers %j', (accept, expected) => {
    expect(preferredType(accept, [PAGE, LINKSET])).toBe(expected);
  });

  it('answers any header with an offer or none', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (accept) => {
        expect([PAGE, LINKSET, null]).toContain(preferredType(accept, [PAGE, LINKSET]));
      }),
    );
  });
});

describe('a printed path', () => {
  it.each([
    ['/01/04012345000016/21/7', { kind: 'PieceAsked', gtin: '04012345000016', serial: 7 }],
    ['/01/4012345000016/21/7', { kind: 'PieceAsked', gtin: '04012345000016', serial: 7 }],
    ['/01/04012345000016/21/%37', { kind: 'PieceAsked', gtin: '04012345000016', serial: 7 }],
    ['/01/04012345000016', { kind: 'OtherAsked' }],
    ['/01/04012345000016/21/007', { kind: 'OtherAsked' }],
    ['/01/04012345000016/21/A-7', { kind: 'OtherAsked' }],
    ['/01/04012345000016/21/16777216', { kind: 'OtherAsked' }],
    ['/01/04012345000016/10/LOT/21/7', { kind: 'OtherAsked' }],
    ['/01/04012345000016/22/2A/10/LOT/21/7', { kind: 'OtherAsked' }],
    ['/01/04012345000016/235/xyz', { kind: 'OtherAsked' }],
  ])('%s is read', (path, expected) => {
    expect(readPrintedPath(path)).toEqual(expected);
  });

  it.each([
    ['a wrong check digit', '/01/04012345000017/21/7'],
    ['a GTIN that is too short', '/01/0401234500001/21/7'],
    ['letters in its GTIN', '/01/0401234500001x/21/7'],
    ['digits of another script', '/01/%D9%A04012345000016/21/7'],
    ['a percent sign that is none', '/01/04012345000016/21/%zz'],
    ['half a character', '/01/04012345000016/21/%C3'],
    ['a qualifier without value', '/01/04012345000016/21'],
    ['a slash at its end', '/01/04012345000016/21/7/'],
    ['a doubled slash', '/01/04012345000016//21/7'],
    ['a serial twice', '/01/04012345000016/21/7/21/7'],
    ['qualifiers out of order', '/01/04012345000016/21/7/10/LOT'],
    ['a qualifier that GTINs lack', '/01/04012345000016/254/7'],
    ['dots', '/01/../01/04012345000016/21/7'],
    ['coded dots', '/01/%2e%2e/21/7'],
    ['a line break', '/01/04012345000016/21/7%0d%0aSet-Cookie:%20a=b'],
    ['a NUL', '/01/04012345000016/21/7%00'],
    ['a serial that is too long', `/01/04012345000016/21/${'7'.repeat(21)}`],
    ['another key', '/00/04012345000016/21/7'],
  ])('with %s is refused', (_what, path) => {
    expect(readPrintedPath(path)).toMatchObject({ kind: 'LinkRefused', status: 400 });
  });

  it('that is too long is refused as that', () => {
    expect(readPrintedPath(`/01/${'0'.repeat(5000)}`)).toMatchObject({ status: 414 });
    expect(readLinkQuery('a'.repeat(5000))).toMatchObject({ status: 414 });
  });

  it('of any text is read or refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(['LinkRefused', 'OtherAsked']).toContain(readPrintedPath(`/01/${text}`).kind);
        expect(['LinkRefused', 'LinkQuery']).toContain(readLinkQuery(`linkType=${text}`).kind);
      }),
    );
  });
});

describe('a query', () => {
  const passed = { kind: 'LinkQuery', passedOn: '' };
  it.each([
    ['', { ...passed, linkType: null }],
    ['linkType=linkset', { ...passed, linkType: 'linkset' }],
    ['linkType=all', { ...passed, linkType: 'linkset' }],
    ['linkType=gs1:pip', { ...passed, linkType: 'https://ref.gs1.org/voc/pip' }],
    ['linkType=https://ref.gs1.org/voc/pip', { ...passed, linkType: 'https://ref.gs1.org/voc/pip' }],
    ['linkType=https%3A%2F%2Fgs1.org%2Fvoc%2Fpip', { ...passed, linkType: 'https://ref.gs1.org/voc/pip' }],
    ['linkType=pip', { ...passed, linkType: 'pip' }],
    [
      '17=270101&linkType=gs1:pip&x=a%20b',
      { kind: 'LinkQuery', linkType: 'https://ref.gs1.org/voc/pip', passedOn: '17=270101&x=a+b' },
    ],
  ])('%s is read', (query, expected) => {
    expect(readLinkQuery(query)).toEqual(expected);
  });

  it.each([
    ['linkType=gs1:pip&linkType=gs1:epcis'],
    ['linkType=linkset&linkType=linkset'],
    ['context=a&context=b'],
    ['linkType='],
    ['linkType=gs1:pip%0d%0aLocation:%20x'],
    ['linkType=gs1:%3Cscript%3E'],
    ['linkType=%zz'],
    ['x=%C3'],
  ])('%s is refused', (query) => {
    expect(readLinkQuery(query)).toMatchObject({ kind: 'LinkRefused', status: 400 });
  });
});

describe('a linkset', () => {
  const link = (linkType: string, type: string, href: string): PieceLink => ({
    ...{ linkType, type, href, title: `${linkType} as ${type}`, hreflang: [] },
  });
  const links = [
    link('pip', PAGE, 'https://a.example/1'),
    link('certificationInfo', 'application/json', 'https://a.example/2'),
    link('certificationInfo', 'application/vc+jwt', 'https://a.example/3'),
  ];
  const named = 'https://ref.gs1.org/voc/certificationInfo';

  it('groups the links by their types, in their order', () => {
    const [context] = linksetOf({ anchor: 'https://a.example/0', description: 'A piece', links }).linkset;
    expect(Object.keys(context ?? {})).toEqual([
      'anchor',
      'description',
      'https://ref.gs1.org/voc/pip',
      named,
    ]);
    expect(context?.[named]).toMatchObject([
      { href: 'https://a.example/2' },
      { href: 'https://a.example/3' },
    ]);
  });

  it.each([
    [named, 'application/vc+jwt', 'https://a.example/3'],
    [named, 'application/json', 'https://a.example/2'],
    [named, PAGE, 'https://a.example/2'],
    [named, undefined, 'https://a.example/2'],
    ['https://ref.gs1.org/voc/recipeInfo', undefined, undefined],
    ['certificationInfo', undefined, undefined],
  ])('leads for %s and %s to %s', (linkType, accept, href) => {
    expect(linkOfType(links, linkType, accept)?.href).toBe(href);
  });
});
