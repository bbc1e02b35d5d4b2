export { preferredType } from './resolver/negotiate.js';
export {
  GS1_PREFIX,
  GS1_VOCABULARY,
  type LinkQuery,
  namesLinkType,
  readLinkQuery,
} from './resolver/link-type.js';
export * from './resolver/linkset.js';
export {
  LONGEST_TARGET,
  type LinkRefused,
  type OtherAsked,
  type PieceAsked,
  readPrintedPath,
} from './resolver/printed-link.js';
export { type TokenMetadata, tokenMetadata, tokenPicture } from './metadata/token-metadata.js';
export { type Piece, nameOf, pieceOf } from './piece.js';
export {
  CREDENTIAL_JWT,
  CREDENTIAL_TYPE,
  type CredentialInput,
  credentialOf,
} from './credential/credential.js';
export { EPCIS_TYPE, type EpcisDocument, epcisDocument } from './epcis/epcis-document.js';
export { type ObjectEvent, eventHash } from './epcis/event-hash.js';
