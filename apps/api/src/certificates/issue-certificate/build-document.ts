import {
  type CertificateDocument,
  type Hex,
  type JsonValue,
  eventPath,
  makeDocument,
  makerPath,
  withHistoryHead,
} from '@touchmark/certificates';
import type { ProductionEvent } from '../../production/index.js';
import type { PrintedMaker } from '../credit/maker-credits.js';

/** What is known of a piece when its certificate is written. */
export interface PieceFacts {
  readonly coop: { readonly name: string; readonly domain: string };
  /** The parties of the agreement, in its order. */
  readonly makers: readonly Pick<PrintedMaker, 'place' | 'name' | 'kind' | 'share'>[];
  readonly work: { readonly title: string; readonly sku: string; readonly materials: string };
  readonly edition: { readonly size: number; readonly gtin: string };
  readonly serial: number;
  readonly runId: string;
  readonly passedAt: Date;
  /** In the order of their times. */
  readonly history: readonly ProductionEvent[];
}

/**
 * The document of a certificate: who made what, how, when and where, and the head of its history, which nobody can rewrite
 * after it is signed. `newSalt` gives 32 random bytes for each field.
 */
export function buildDocument(facts: PieceFacts, newSalt: () => Hex): CertificateDocument {
  const stations = [...new Set(facts.history.flatMap(({ station }) => station ?? []))];
  const values: Record<string, JsonValue> = {
    'how.run': facts.runId,
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
    // A field a person, so that each can be erased alone.
    ...Object.fromEntries(
      facts.makers.map(({ place, name, kind, share }) => [makerPath(place), { kind, name, share }]),
    ),
    ...Object.fromEntries(facts.history.map((event, index) => [eventPath(index + 1), eventValue(event)])),
  };
  const fields = Object.entries(values).map(([path, value]) => ({ path, salt: newSalt(), value }));
  return makeDocument(withHistoryHead(fields, newSalt()));
}

function eventValue({ at, until, photo, ...said }: ProductionEvent): JsonValue {
  return {
    ...said,
    at: at.toISOString(),
    ...(until === undefined ? {} : { until: until.toISOString() }),
    ...(photo === undefined ? {} : { photo: { sha256: photo.sha256, type: photo.type } }),
  };
}
