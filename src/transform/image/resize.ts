import { Pixels } from './pixels';

/** Lanczos with three lobes. */
const LOBES = 3;

interface Window {
  readonly start: number;
  readonly weights: Float32Array;
}

/** A smaller image. Colours count by their alpha. Rows are filtered as they are needed, so that little is held besides both images. */
export function resized(pixels: Pixels, width: number, height: number): Pixels {
  if (width === pixels.width && height === pixels.height) {
    return pixels;
  }
  const columns = windows(pixels.width, width);
  const rows = windows(pixels.height, height);
  const data = new Uint8ClampedArray(width * height * 4);
  const filtered = new Map<number, Float32Array>();
  const sum = new Float32Array(width * 4);
  rows.forEach(({ start, weights }, y) => {
    for (const row of filtered.keys()) {
      if (row < start) {
        filtered.delete(row);
      }
    }
    sum.fill(0);
    weights.forEach((weight, index) => {
      let row = filtered.get(start + index);
      if (row === undefined) {
        row = filteredRow(pixels, start + index, columns);
        filtered.set(start + index, row);
      }
      for (let at = 0; at < sum.length; at += 1) {
        sum[at] += row[at] * weight;
      }
    });
    write(sum, data, y * width * 4);
  });
  return { data, width, height };
}

function filteredRow({ data, width }: Pixels, y: number, columns: readonly Window[]): Float32Array {
  const row = new Float32Array(columns.length * 4);
  const offset = y * width * 4;
  for (let x = 0; x < columns.length; x += 1) {
    const { start, weights } = columns[x];
    let red = 0;
    let green = 0;
    let blue = 0;
    let alpha = 0;
    for (let index = 0, at = offset + start * 4; index < weights.length; index += 1, at += 4) {
      const weight = weights[index] * data[at + 3];
      red += data[at] * weight;
      green += data[at + 1] * weight;
      blue += data[at + 2] * weight;
      alpha += weight;
    }
    row[x * 4] = red;
    row[x * 4 + 1] = green;
    row[x * 4 + 2] = blue;
    row[x * 4 + 3] = alpha;
  }
  return row;
}

function write(sum: Float32Array, data: Uint8ClampedArray, offset: number): void {
  for (let at = 0; at < sum.length; at += 4) {
    const alpha = sum[at + 3];
    const factor = alpha > 0 ? 1 / alpha : 0;
    data[offset + at] = sum[at] * factor;
    data[offset + at + 1] = sum[at + 1] * factor;
    data[offset + at + 2] = sum[at + 2] * factor;
    data[offset + at + 3] = alpha;
  }
}

/** For each pixel of the result, the weights of those that it is made of. */
function windows(from: number, to: number): Window[] {
  const scale = from / to;
  return Array.from({ length: to }, (_, index) => {
    const centre = (index + 0.5) * scale;
    const start = Math.max(0, Math.floor(centre - LOBES * scale));
    const end = Math.min(from, Math.ceil(centre + LOBES * scale));
    const weights = Float32Array.from({ length: end - start }, (__, offset) => lanczos((start + offset + 0.5 - centre) / scale));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return { start, weights: weights.map(weight => weight / total) };
  });
}

function lanczos(x: number): number {
  if (x === 0) {
    return 1;
  }
  const angle = Math.PI * x;
  return Math.abs(x) >= LOBES ? 0 : LOBES * Math.sin(angle) * Math.sin(angle / LOBES) / (angle * angle);
}
