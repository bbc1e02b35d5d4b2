/** The version of this package; `version.spec.ts` compares it with package.json. */
export const VERSION = '0.1.0';

/** What `--help` says. */
export const USAGE = `Usage: touchmark-verify <file> [options]

Says whether the certificate of a piece is genuine, what of it is proven and what is not.
<file> is a bundle (bundle.json, as it was downloaded), or - to read it from a pipe.

Where the truth is read
  --rpc <url>            a node of the chain; more than once to compare several
  --block-hash <0x..>    no network: trust this block, and the proof that the bundle carries
  --checkpoint <file>    no network, with --block-hash: a proof of the whole edition, for --core

Whom to trust
  --issuer <0x..>        this issuer, without asking its domain; may be given more than once
  --contract <0x..>      this contract, where no official one is known (with --chain-id, --code-hash)
  --did-ca <file>        a certificate authority (PEM) for the did.json of the issuer's domain
  --did-host <domain=address:port>
                         ask this server for the did.json of this domain, also at a private address

Form
  --core                 <file> is the compact form of a certificate: the text of its QR code
                         (TM1:..., also in place of <file>), or its bytes
  --json                 answer as JSON
  --timeout <seconds>    for everything together (30)
  --help, --version

Exit code: 0 GENUINE, 20 NOT_GENUINE, 21 PROVISIONAL, 22 WITHDRAWN, 23 SUPERSEDED, 24 UNDETERMINED;
64 wrong options, 66 no such file, 70 the verifier failed. Only 0 is genuine.
`;
