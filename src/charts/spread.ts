/**
 * Places labels of one height along a line so that none overlaps: each as near as can be to where it wants to be
 * (least squares, by pooling neighbours that collide), in the order of their wishes, inside [low, high] where they fit.
 */
export function spread(
  wishes: readonly number[],
  options: { readonly gap: number; readonly low: number; readonly high: number },
): number[] {
  const order = wishes.map((_, index) => index).sort((a, b) => (wishes[a] ?? 0) - (wishes[b] ?? 0) || a - b);
  const blocks: { total: number; members: number[] }[] = [];
  const startOf = (block: { total: number; members: number[] }) => {
    const length = (block.members.length - 1) * options.gap;
    const start = block.total / block.members.length - length / 2;
    return Math.max(options.low, Math.min(start, options.high - length));
  };
  const endOf = (block: { total: number; members: number[] }) =>
    startOf(block) + (block.members.length - 1) * options.gap;
  for (const index of order) {
    let block = { total: wishes[index] ?? 0, members: [index] };
    for (let above = blocks.at(-1); above !== undefined; above = blocks.at(-1)) {
      if (endOf(above) + options.gap <= startOf(block)) break;
      blocks.pop();
      block = { total: above.total + block.total, members: [...above.members, ...block.members] };
    }
    blocks.push(block);
  }
  const places = wishes.map(() => 0);
  for (const block of blocks) {
    block.members.forEach((member, at) => {
      places[member] = startOf(block) + at * options.gap;
    });
  }
  return places;
}
