import type { Server } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { CLOSE, SOCKET_LIMITS } from './limits.js';
import type { LiveConnection } from './live-connection.js';

/** What the protocol's hooks find beside the protocol's own state. */
export interface Extra {
  readonly connection: LiveConnection;
}

/** Ends a socket whose other side has gone without a word. */
function watchLife(socket: WebSocket): () => void {
  let answered = true;
  socket.on('pong', () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) {
      socket.terminate();
      return;
    }
    answered = false;
    socket.ping();
  }, SOCKET_LIMITS.pingEveryMs);
  return () => {
    clearInterval(timer);
  };
}

/** Speaks the protocol over a socket until it closes; `broken` is told what the protocol threw, `closed` with which code. */
export function attachSocket(
  server: Server<Extra>,
  socket: WebSocket,
  connection: LiveConnection,
  told: { broken(error: unknown): void; closed(code: number): void },
): void {
  const closed = server.opened(
    {
      protocol: socket.protocol,
      send: (message) => connection.send(message),
      close: (code, reason) => {
        connection.drop(code ?? CLOSE.broken, reason ?? '');
      },
      onMessage: (take) => {
        socket.on('message', (message: Buffer) => {
          if (!connection.mayAsk()) return;
          take(message.toString()).catch((error: unknown) => {
            told.broken(error);
            connection.drop(CLOSE.broken, 'Something went wrong on our side.');
          });
        });
      },
    },
    { connection },
  );
  const unwatch = watchLife(socket);
  // A frame that is too large or no frame at all; ws closes the socket by itself with the code for it.
  socket.on('error', () => undefined);
  socket.once('close', (code, reason) => {
    unwatch();
    connection.forget();
    told.closed(code);
    void closed(code, reason.toString());
  });
}
