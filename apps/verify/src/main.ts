import { CORE_PREFIX, MAX_BUNDLE_BYTES, parseCheckpoint } from '@touchmark/certificates';
import { checkCertificate, type Means } from './check-certificate.js';
import { EXIT_BUG, EXIT_BY_VERDICT, EXIT_NO_INPUT, EXIT_USAGE } from './exit-codes.js';
import { httpNode } from './nodes/http-node.js';
import { type Options, readOptions } from './options.js';
import { type NoInput, readInput } from './read-input.js';
import { humanOf } from './tell/human.js';
import { jsonOf } from './tell/json.js';
import { printable } from './tell/printable.js';
import { USAGE, VERSION } from './usage.js';

const MOST_CA_BYTES = 256 * 1024;

/** Where a run reads from and writes to. */
export interface Streams {
  readonly input: AsyncIterable<Uint8Array>;
  readonly output: (text: string) => void;
  readonly complaints: (text: string) => void;
}

/** Runs the command and answers its exit code; never throws. */
export async function run(args: readonly string[], streams: Streams): Promise<number> {
  const { output, complaints } = streams;
  try {
    const options = readOptions(args);
    if (options === 'help' || options === 'version') {
      output(options === 'help' ? USAGE : `${VERSION}\n`);
      return 0;
    }
    if ('kind' in options) {
      complaints(`${printable(options.message)}\nSee touchmark-verify --help.\n`);
      return EXIT_USAGE;
    }
    return await judge(options, streams);
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    complaints(`The verifier failed, and nothing was judged. Please report this:\n${words}\n`);
    return EXIT_BUG;
  }
}

async function judge(options: Options, { input, output, complaints }: Streams): Promise<number> {
  const deadline = AbortSignal.timeout(options.timeoutMs);
  const content = await contentOf(options, input, deadline);
  const means = await meansOf(options, input, deadline);
  const missing = [content, means].find((one): one is NoInput => 'kind' in one);
  if (missing !== undefined || 'kind' in content || 'kind' in means) {
    complaints(`${printable(missing?.message ?? '')}\n`);
    return EXIT_NO_INPUT;
  }
  const report = await checkCertificate(content, options, means);
  output(options.output === 'json' ? jsonOf(report) : humanOf(report));
  return EXIT_BY_VERDICT[report.verdict.verdict];
}

// One byte more than the lib accepts, so that it is the lib that refuses what is larger.
const MOST_BYTES = MAX_BUNDLE_BYTES + 1;

async function contentOf(
  { form, source }: Options,
  input: AsyncIterable<Uint8Array>,
  deadline: AbortSignal,
): Promise<Uint8Array | NoInput> {
  if (form === 'core' && source.startsWith(CORE_PREFIX)) return new TextEncoder().encode(source);
  return readInput(source, MOST_BYTES, input, deadline);
}

async function meansOf(
  options: Options,
  input: AsyncIterable<Uint8Array>,
  deadline: AbortSignal,
): Promise<Means | NoInput> {
  const { didCa, didHosts, timeoutMs } = options;
  const ca = didCa === null ? null : await readInput(didCa, MOST_CA_BYTES, input, deadline);
  if (ca !== null && 'kind' in ca) return ca;
  const kept =
    options.checkpoint === null ? null : await readInput(options.checkpoint, MOST_BYTES, input, deadline);
  if (kept !== null && 'kind' in kept) return kept;
  const trusted = ca === null ? {} : { ca: new TextDecoder().decode(ca) };
  return {
    nodes: options.nodes.map((url, place) => httpNode(url, place + 1, deadline)),
    checkpoint: kept === null ? null : parseCheckpoint(kept),
    didFetch: (domain) => {
      const connectTo = didHosts.get(domain);
      return { timeoutMs, ...trusted, ...(connectTo === undefined ? {} : { connectTo }) };
    },
  };
}
