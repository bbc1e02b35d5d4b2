import { isMainThread } from 'node:worker_threads';

// Loaded into every Node child with --import: the channel to the parent closes when the parent ends, also by kill -9.
function end(): void {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), 3_000).unref();
}

// A parent that was killed while we began is gone already, and nobody says so a second time. Threads have no channel of their own.
if (process.connected || !isMainThread) process.on('disconnect', end);
else end();
// The channel alone must not keep a child alive that has finished its work.
process.channel?.unref();
