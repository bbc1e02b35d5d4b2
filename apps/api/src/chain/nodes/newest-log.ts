// What even sparing providers answer in one question about events.
const SPAN_BLOCKS = 2000n;

/** An event between two blocks, the newest if there are several. */
export type LogIn<Log> = (range: {
  readonly fromBlock: bigint;
  readonly toBlock: bigint;
}) => Promise<Log | null>;

/** The newest such event, looked for from the newest block down, because what is looked for was mostly done just now. */
export async function newestLog<Log>(head: bigint, logIn: LogIn<Log>): Promise<Log | null> {
  for (let toBlock = head; toBlock >= 0n; toBlock -= SPAN_BLOCKS) {
    const fromBlock = toBlock < SPAN_BLOCKS ? 0n : toBlock - SPAN_BLOCKS + 1n;
    const log = await logIn({ fromBlock, toBlock });
    if (log !== null) return log;
  }
  return null;
}
