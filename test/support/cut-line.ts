import { type AddressInfo, type Socket, connect, createServer } from 'node:net';

/** A line to a service that a test can cut, as a cable or a firewall would be. */
export interface CutLine {
  /** The service's URL through this line. */
  readonly url: string;
  /** Ends every connection and takes no new one. */
  cut(): void;
  /** Takes connections and passes nothing on. */
  silence(): void;
  restore(): void;
  close(): Promise<void>;
}

/** Opens a line on a port of its own to the service at `target`; `listen` hears what each connection sends there. */
export async function openLine(target: string, listen?: () => (chunk: Buffer) => void): Promise<CutLine> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let state: 'open' | 'cut' | 'silent' = 'open';
  const server = createServer((near) => {
    if (state === 'cut') {
      near.destroy();
      return;
    }
    const sockets = [near];
    if (state === 'open') {
      const far = connect(Number(port), hostname);
      near.pipe(far).pipe(near);
      if (listen !== undefined) near.on('data', listen());
      sockets.push(far);
    }
    for (const socket of sockets) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        for (const other of sockets) other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const end = (): void => {
    for (const socket of open) socket.destroy();
  };
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cut: () => {
      state = 'cut';
      end();
    },
    silence: () => {
      state = 'silent';
      end();
    },
    restore: () => {
      state = 'open';
      end();
    },
    close: () => {
      end();
      return new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}
