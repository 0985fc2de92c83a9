/** A point of a picture in CSS pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Clear space kept around a label. */
const CLEARANCE = 4;
/** How far from its point a label is tried, nearest first. */
const DISTANCES = [10, 18, 28, 40];

/**
 * A box of a size near a point, inside `area`, that no line crosses; null where every place near it is taken.
 * Below is tried first, then above, then the sides: the order in which a reader looks for a name.
 */
export function freeSpot(
  point: Point,
  size: { readonly width: number; readonly height: number },
  within: { readonly area: Box; readonly lines: readonly (readonly Point[])[] },
): Box | null {
  for (const distance of DISTANCES) {
    for (const box of boxesAround(point, size, distance)) {
      if (!isInside(box, within.area)) continue;
      const clear = grown(box, CLEARANCE);
      if (!within.lines.some((line) => crosses(line, clear))) return box;
    }
  }
  return null;
}

function boxesAround(
  point: Point,
  size: { width: number; height: number },
  distance: number,
): readonly Box[] {
  const at = (left: number, top: number): Box => ({
    left,
    top,
    right: left + size.width,
    bottom: top + size.height,
  });
  const below = point.y + distance;
  const above = point.y - distance - size.height;
  const lefts = [point.x - size.width / 2, point.x, point.x - size.width];
  const middle = point.y - size.height / 2;
  return [
    ...lefts.map((left) => at(left, below)),
    ...lefts.map((left) => at(left, above)),
    at(point.x + distance, middle),
    at(point.x - distance - size.width, middle),
  ];
}

function isInside(box: Box, area: Box): boolean {
  return box.left >= area.left && box.right <= area.right && box.top >= area.top && box.bottom <= area.bottom;
}

function grown(box: Box, by: number): Box {
  return { left: box.left - by, top: box.top - by, right: box.right + by, bottom: box.bottom + by };
}

/** Whether a line through these points touches the box. */
function crosses(line: readonly Point[], box: Box): boolean {
  return line.some((point, at) => {
    const next = line[at + 1];
    return next === undefined
      ? isInside({ left: point.x, right: point.x, top: point.y, bottom: point.y }, box)
      : segmentMeets(point, next, box);
  });
}

/** Clips the segment to the box (Liang and Barsky 1984): something is left of it where they meet. */
function segmentMeets(from: Point, to: Point, box: Box): boolean {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  let enter = 0;
  let leave = 1;
  const sides: readonly (readonly [number, number])[] = [
    [-dx, from.x - box.left],
    [dx, box.right - from.x],
    [-dy, from.y - box.top],
    [dy, box.bottom - from.y],
  ];
  for (const [direction, room] of sides) {
    if (direction === 0 && room < 0) return false;
    if (direction < 0) enter = Math.max(enter, room / direction);
    if (direction > 0) leave = Math.min(leave, room / direction);
  }
  return enter <= leave;
}
