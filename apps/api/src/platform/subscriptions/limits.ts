/** What one process carries for live connections; beyond it a connection is refused or ended with a code. */
export const SOCKET_LIMITS = {
  messageBytes: 64_000,
  subscriptionsPerConnection: 20,
  /** So many messages at once, and so many a second from then on: each may cost a statement. */
  messageBurst: 200,
  messagesPerSecond: 20,
  connectionsPerAccount: 30,
  /** Connections of one network (IPv6 by /64) that have not said yet who they are. */
  waitingPerNetwork: 200,
  initWaitMs: 5000,
  /** What may wait in memory for a client that does not read. */
  bufferedBytes: 1_000_000,
  queuedEvents: 64,
  judgeEveryMs: 1000,
  pingEveryMs: 12_000,
} as const;

/** Close codes; clients of graphql-ws connect again by themselves after all but `unauthorized` and `tooMany`. */
export const CLOSE = {
  goingAway: 1001,
  unauthorized: 4401,
  forbidden: 4403,
  tooSlow: 4413,
  tooMany: 4429,
  broken: 4500,
} as const;
