import { type CertificateDocument, type Hex, type JsonValue, makeDocument } from '@touchmark/certificates';

/** What is known of a piece when its certificate is written. */
export interface PieceFacts {
  readonly coop: { readonly name: string; readonly domain: string };
  /** Display names of the parties of the agreement, in its order. */
  readonly makers: readonly string[];
  readonly work: { readonly title: string; readonly sku: string; readonly materials: string };
  readonly edition: { readonly size: number; readonly gtin: string };
  readonly serial: number;
  readonly passedAt: Date;
  readonly history: readonly {
    readonly at: Date;
    readonly text: string;
    readonly station?: string | undefined;
  }[];
}

/** The document of a certificate: who made what, how, when and where. `newSalt` gives 32 random bytes for each field. */
export function buildDocument(facts: PieceFacts, newSalt: () => Hex): CertificateDocument {
  const stations = [...new Set(facts.history.flatMap(({ station }) => station ?? []))];
  const values: Record<string, JsonValue> = {
    'how.history': facts.history.map(({ at, text, station }) => ({
      at: at.toISOString(),
      text,
      ...(station === undefined ? {} : { station }),
    })),
    'what.edition.size': facts.edition.size,
    'what.gtin': facts.edition.gtin,
    'what.materials': facts.work.materials,
    'what.serial': facts.serial,
    'what.sku': facts.work.sku,
    'what.title': facts.work.title,
    'when.passed': facts.passedAt.toISOString(),
    'where.stations': stations,
    'who.coop': facts.coop.name,
    'who.domain': facts.coop.domain,
    'who.makers': [...facts.makers],
  };
  return makeDocument(Object.entries(values).map(([path, value]) => ({ path, salt: newSalt(), value })));
}
