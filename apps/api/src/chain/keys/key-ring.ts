import type { Hex, SigningKey } from '@touchmark/certificates';

/** Whose key pays for and sends a call. */
export type Payer = 'issuer' | 'gas';

/**
 * The keys of this process. The default reads files; in production a KMS, or a Safe for the issuer and the publisher,
 * stands behind the same port. Keys never leave it except to sign.
 */
export abstract class KeyRing {
  /** The private key that sends for `payer`; each co-op has an issuer key of its own. */
  abstract senderKey(payer: Payer, coopId: string): Promise<Hex>;
  /** The private key that signs certificates. */
  abstract signerKey(): Promise<Hex>;
  /** The private key that will sign certificates once issuers have named it; null when none was put in place. */
  abstract nextSignerKey(): Promise<Hex | null>;
  /** The key of this signer, prepared once for all that it signs; throws when this process does not hold it. */
  abstract signerKeyOf(address: Hex): Promise<SigningKey>;
  /** The private key that signs anchors; only the publisher's process has it. */
  abstract publisherKey(): Promise<Hex>;
  /** The address of the publisher, which processes without its key know too. */
  abstract publisherAddress(): Promise<Hex>;
  /** The private key that signs claims along while an edition asks for it; null when none was put in place. */
  abstract coSignerKey(): Promise<Hex | null>;
  /** 32 bytes under which claim keys are sealed. */
  abstract sealKey(): Promise<Buffer>;
}
