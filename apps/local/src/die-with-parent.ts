// Loaded into every Node child with --import: the channel to the parent closes when the parent ends, also by kill -9.
process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), 3_000).unref();
});
// The channel alone must not keep a child alive that has finished its work.
process.channel?.unref();
