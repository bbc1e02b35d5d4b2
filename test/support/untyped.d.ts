/** What the tests use of packages that come without types. */
declare module '@digitalbazaar/vc' {
  /** Throws at what the Verifiable Credentials Data Model 2.0 forbids; exported by its authors for tests. */
  export function _checkCredential(asked: {
    readonly credential: object;
    readonly now: Date;
    readonly mode: 'verify';
  }): void;
}

declare module '@digitalbazaar/credentials-context' {
  /** The published JSON-LD contexts by their addresses. */
  export const contexts: ReadonlyMap<string, object>;
}

declare module 'digital-link.js' {
  interface Parsed {
    isValid(): boolean;
    getIdentifier(): Readonly<Record<string, string>>;
    getKeyQualifiers(): Readonly<Record<string, string>>;
  }
  const library: { DigitalLink(uri: string): Parsed };
  export default library;
}

// The types that others keep for it lack safe mode and the algorithm of the recommendation.
declare module 'jsonld' {
  interface Options {
    readonly safe: true;
    readonly algorithm: 'RDFC-1.0';
    readonly format: 'application/n-quads';
    readonly documentLoader: (
      url: string,
    ) => Promise<{ readonly documentUrl: string; readonly document: object }>;
  }
  const jsonld: { canonize(input: object, options: Options): Promise<string> };
  export default jsonld;
}
