import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Piece } from '../piece.js';
import { tokenMetadata, tokenPicture } from './token-metadata.js';

const piece: Piece = {
  ...{ title: 'Harbour at night', serial: 7, size: 50, gtin: '04012345000016', sku: 'H-1', materials: null },
  ...{
    coop: 'Riso & Sons',
    domain: 'riso.example',
    passedAt: new Date('2026-11-21T10:00:00Z'),
    stations: [],
  },
  making: {
    makers: [{ name: 'Heron', kind: 'pseudonym', share: 10_000 }],
    ...{ makersWithheld: 1, events: [], eventsWithheld: 0 },
  },
  tokenId: '12345',
};
const links = {
  page: 'https://a.example/01/04012345000016/21/7',
  image: 'https://a.example/metadata/12345.svg',
};

describe('the metadata of a token', () => {
  it('tells what the certificate discloses', () => {
    expect(tokenMetadata(piece, links)).toMatchObject({
      name: 'Harbour at night, No. 7 of 50',
      ...{ image: links.image, external_url: links.page },
      attributes: [
        { trait_type: 'Number', value: 7 },
        { trait_type: 'Edition size', value: 50 },
        { trait_type: 'Co-op', value: 'Riso & Sons' },
        { trait_type: 'Passed on', value: '2026-11-21' },
        { trait_type: 'Maker', value: 'Heron' },
      ],
    });
  });

  it('has a name also where the title is withheld', () => {
    expect(tokenMetadata({ ...piece, title: null, size: null }, links).name).toBe('No. 7');
  });
});

describe('the picture of a token', () => {
  it('keeps whatever a title says to text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (title) => {
        const drawn = tokenPicture({ ...piece, title, coop: title });
        const names = [...drawn.matchAll(/<\/?([a-z]+)/g)].map(([, name]) => name);
        expect(new Set(names)).toEqual(new Set(['svg', 'title', 'rect', 'g', 'circle', 'path', 'text']));
        expect(drawn).not.toMatch(/&(?!amp;|lt;|gt;|quot;|#39;)/);
      }),
    );
  });
});
