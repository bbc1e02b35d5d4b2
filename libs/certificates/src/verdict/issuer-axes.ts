import type { BundleRefused } from '../bundle.js';
import { isDisclosed } from '../document.js';
import { sameHex } from '../hex.js';
import { anchorageOf, chainFinding, chainUnread, type Evidence, localFinding, noBundle } from './evidence.js';
import type { CertificateRead, ChainFacts, Finding } from './verdict.types.js';

/** Is the document whole and signed? Refused bundles carry their own reason. */
export function documentAxis(bundle: CertificateRead | BundleRefused | null): Finding {
  if (bundle === null) return noBundle('NO_BUNDLE', 'The document');
  if (bundle.kind === 'BundleRefused')
    return localFinding('bundle', 'INVALID', bundle.reason, bundle.message);
  if (bundle.kind === 'CoreRead') {
    const message = `The hash of the document is signed by ${bundle.bundle.signer}; the document is not in this code.`;
    return localFinding('core', 'VALID', 'DOCUMENT_HASH_SIGNED', message);
  }
  const { document, signer } = bundle.bundle;
  const shown = document.filter(isDisclosed).length;
  const message = `The document is whole (${shown} of ${document.length} fields shown) and signed by ${signer}.`;
  return localFinding('bundle', 'VALID', 'DOCUMENT_SIGNED', message);
}

/** Is it made for the home that the verifier trusts, by an issuer whose name was checked? */
export function issuerAxis(evidence: Evidence): Finding {
  const { read, facts, trust } = evidence;
  if (read === null) return noBundle('ISSUER_NO_BUNDLE', 'The issuer');
  const { chainId, contract, issuer } = read.bundle;
  if (chainId !== trust.chainId) {
    const message = `It is made for chain ${chainId}, expected chain ${trust.chainId}.`;
    return localFinding('trust', 'INVALID', 'WRONG_CHAIN', message);
  }
  if (!sameHex(contract, trust.contract)) {
    const message = `It is made for the contract ${contract}, expected ${trust.contract}.`;
    return localFinding('trust', 'INVALID', 'WRONG_CONTRACT', message);
  }
  const entries = trust.issuers.filter((entry) => sameHex(entry.issuer, issuer));
  if (entries.some((entry) => entry.kind === 'Pinned')) {
    return localFinding(
      'trust',
      'VALID',
      'ISSUER_PINNED',
      `The issuer ${issuer} is one that this verifier was told to trust.`,
    );
  }
  const domains = entries.flatMap((entry) => (entry.kind === 'DomainBound' ? [entry.domain] : []));
  if (domains.length === 0) {
    const message = `issued by ${issuer}, name not checked`;
    return localFinding('trust', 'NOT_CHECKED', 'ISSUER_NAME_NOT_CHECKED', message);
  }
  if (facts === null) return chainUnread(evidence, 'ISSUER_CHAIN_UNAVAILABLE', "The issuer's domain");
  return domainFinding(evidence, facts, domains, `issued by ${issuer}, name not checked`);
}

function domainFinding(evidence: Evidence, facts: ChainFacts, domains: string[], unnamed: string): Finding {
  const stated = facts.issuer.domain.toLowerCase();
  if (stated !== '' && domains.some((domain) => domain.toLowerCase() === stated)) {
    const message = `The issuer and ${stated} name each other.`;
    return chainFinding(evidence, facts, 'issuerOf', 'VALID', 'ISSUER_BOUND', message);
  }
  const message = `${unnamed}: ${domains.join(', ')} names it, but on chain it states "${stated}"`;
  return chainFinding(evidence, facts, 'issuerOf', 'UNDETERMINED', 'ISSUER_DOMAIN_DIFFERS', message);
}

/** Was the signing key the issuer's when the certificate was anchored, or is it now when it is not anchored? */
export function signerAxis(evidence: Evidence): Finding {
  const { read, facts } = evidence;
  if (read === null) return noBundle('SIGNER_NO_BUNDLE', 'The signing key');
  if (facts === null)
    return chainUnread(evidence, 'SIGNER_CHAIN_UNAVAILABLE', 'The history of the signing key');
  const find = chainFinding.bind(null, evidence, facts, 'signerOf');
  const { signer } = read.bundle;
  const anchorage = anchorageOf(read, facts);
  if (facts.signer === null || facts.signer.validFrom === 0) {
    // A node that lags may not have come to the block in which the key was added, as it has not to that of the batch.
    return anchorage === 'BLOCK_TOO_OLD'
      ? find(
          'UNDETERMINED',
          'SIGNER_BLOCK_BEFORE_BATCH',
          'The block read is not newer than the batch of the certificate, and knows the signing key not yet.',
        )
      : find('INVALID', 'SIGNER_UNKNOWN', `The key ${signer} was never a signer of this issuer.`);
  }
  const { validFrom, retiredAt } = facts.signer;
  const retired = retiredAt !== 0;
  if (anchorage === 'IN_BATCH' && read.bundle.inclusion) {
    const { time } = read.bundle.inclusion;
    if (validFrom > time) {
      return find(
        'INVALID',
        'SIGNER_ADDED_AFTER_ANCHOR',
        'The signing key was added only after the anchoring.',
      );
    }
    // A retirement in the very second of the anchoring counts as before it: the order within is not stored.
    if (!retired || time < retiredAt) {
      return find(
        'VALID',
        'SIGNER_VALID_WHEN_ANCHORED',
        'The signing key was valid when the certificate was anchored.',
      );
    }
    return find(
      'INVALID',
      'SIGNER_RETIRED_BEFORE_ANCHOR',
      'The signing key was retired before the anchoring.',
    );
  }
  if (!retired) return find('VALID', 'SIGNER_CURRENT', 'The signing key is valid.');
  if (anchorage === 'REPLACEMENT') {
    const message = 'The signing key is retired since, but the issuer itself put this certificate on chain.';
    return find('VALID', 'SIGNER_CONFIRMED_BY_REPLACEMENT', message);
  }
  const message = 'The signing key is retired, and the certificate was not anchored before.';
  return find('INVALID', 'SIGNER_RETIRED_BEFORE_ANCHOR', message);
}
