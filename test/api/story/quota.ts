/**
 * Balinski and Young's quota method, seat by seat, as an outsider would write it from the paper: each cent goes to the party
 * with the largest weight / (held + 1) among those that it would not lift above their exact share rounded up.
 */
export function quotaSplit(weights: readonly number[], total: number): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const held = weights.map(() => 0);
  for (let cent = 1; cent <= total; cent += 1) {
    let best = -1;
    for (const [index, weight] of weights.entries()) {
      const own = held[index] ?? 0;
      if (own * sum >= weight * cent) continue;
      const leader = weights[best] ?? 0;
      if (best === -1 || weight * ((held[best] ?? 0) + 1) > leader * (own + 1)) best = index;
    }
    held[best] = (held[best] ?? 0) + 1;
  }
  return held;
}
