/** Code points as ranges, both ends included: sorted, apart from each other. */
export type Ranges = readonly (readonly [number, number])[];

export const MAX_CODE_POINT = 0x10ffff;

/** No match holds a line break. */
const LINE_BREAKS: Ranges = [[0x0a, 0x0a], [0x0d, 0x0d]];

export function union(...sets: readonly Ranges[]): Ranges {
  const merged: [number, number][] = [];
  for (const [low, high] of sets.flat().sort((one, other) => one[0] - other[0])) {
    const last = merged[merged.length - 1];
    if (last !== undefined && low <= last[1] + 1) {
      last[1] = Math.max(last[1], high);
    } else {
      merged.push([low, high]);
    }
  }
  return merged;
}

export function complement(set: Ranges): Ranges {
  const rest: [number, number][] = [];
  let low = 0;
  for (const [start, end] of set) {
    if (start > low) {
      rest.push([low, start - 1]);
    }
    low = end + 1;
  }
  return low > MAX_CODE_POINT ? rest : [...rest, [low, MAX_CODE_POINT]];
}

export function withoutLineBreaks(set: Ranges): Ranges {
  return complement(union(complement(set), LINE_BREAKS));
}

export function includes(set: Ranges, codePoint: number): boolean {
  return set.some(([low, high]) => codePoint >= low && codePoint <= high);
}

export function single(codePoint: number): Ranges {
  return [[codePoint, codePoint]];
}
