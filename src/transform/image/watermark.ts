import { Pixels } from './pixels';
import { BOTTOM, CAPITAL_HEIGHT, Stroke, TOP, strokesOf } from './stroke-font';

/** Of the shorter side. */
const TEXT_HEIGHT = 1 / 20;
const SMALLEST_TEXT = 10;
const LARGEST_TEXT = 64;
/** A text before the longest ARN of a user, which ends with the name. */
const LONGEST_TEXT = 1024;
/** How much of what is below is covered, at most: by light strokes, and by their dark edges. */
const LIGHT = 0.75;
const DARK = 0.6;
/** Lines rise to the right. */
const ANGLE = -Math.PI / 8;

/** What covers the pixels of one line of text, and of the room around it: 0 to 255. */
interface Tile {
  readonly width: number;
  readonly height: number;
  readonly light: Uint8Array;
  readonly dark: Uint8Array;
}

/** Draws a line of text into the pixels, over and over: light with dark edges, so that it shows on any ground. */
export function mark(pixels: Pixels, text: string): void {
  const { data, width, height } = pixels;
  const tile = tileOf(text.slice(0, LONGEST_TEXT), Math.min(LARGEST_TEXT, Math.max(SMALLEST_TEXT, Math.min(width, height) * TEXT_HEIGHT)));
  const cos = Math.cos(ANGLE);
  const sin = Math.sin(ANGLE);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 4) {
      const v = y * cos - x * sin;
      const line = Math.floor(v / tile.height);
      // Each line begins elsewhere, so that no part of the text is always cut off.
      const u = x * cos + y * sin + line * tile.width * 0.38;
      cover(data, at, tile, u - Math.floor(u / tile.width) * tile.width, v - line * tile.height);
    }
  }
}

/** Covers a pixel with what is between four of the tile, which goes on at its other side. */
function cover(data: Uint8ClampedArray, at: number, { width, height, light, dark }: Tile, x: number, y: number): void {
  const left = Math.min(Math.floor(x), width - 1);
  const top = Math.min(Math.floor(y), height - 1) * width;
  const right = left + 1 === width ? 0 : left + 1;
  const bottom = top + width === width * height ? 0 : top + width;
  const across = x - left;
  const down = y - top / width;
  // The dark edge goes around the light stroke: where it is not, nothing is.
  const edge = between(dark[top + left], dark[top + right], dark[bottom + left], dark[bottom + right], across, down);
  if (edge > 0) {
    blend(data, at, 0, edge * DARK / 255);
    blend(data, at, 255, between(light[top + left], light[top + right], light[bottom + left], light[bottom + right], across, down) * LIGHT / 255);
  }
}

function between(upperLeft: number, upperRight: number, lowerLeft: number, lowerRight: number, across: number, down: number): number {
  return (upperLeft * (1 - across) + upperRight * across) * (1 - down) + (lowerLeft * (1 - across) + lowerRight * across) * down;
}

function blend(data: Uint8ClampedArray, at: number, colour: number, share: number): void {
  const below = data[at + 3] / 255;
  const alpha = share + below * (1 - share);
  const weight = alpha > 0 ? share / alpha : 0;
  data[at] += (colour - data[at]) * weight;
  data[at + 1] += (colour - data[at + 1]) * weight;
  data[at + 2] += (colour - data[at + 2]) * weight;
  data[at + 3] = alpha * 255;
}

function tileOf(text: string, textHeight: number): Tile {
  const scale = textHeight / CAPITAL_HEIGHT;
  const { strokes, width: textWidth } = strokesOf(text);
  const width = Math.ceil(textWidth * scale + textHeight * 2);
  const height = Math.ceil((BOTTOM - TOP) * scale + textHeight);
  const tile = { width, height, light: new Uint8Array(width * height), dark: new Uint8Array(width * height) };
  const radius = Math.max(0.75, textHeight * 0.055);
  const edge = radius + Math.max(1.1, textHeight * 0.06);
  for (const { x1, y1, x2, y2 } of strokes) {
    const place = (x: number, y: number) => [x * scale + textHeight, (y - TOP) * scale + textHeight / 2];
    const [startX, startY] = place(x1, y1);
    const [endX, endY] = place(x2, y2);
    draw(tile, { x1: startX, y1: startY, x2: endX, y2: endY }, radius, edge);
  }
  return tile;
}

function draw({ width, height, light, dark }: Tile, stroke: Stroke, radius: number, edge: number): void {
  const { x1, y1, x2, y2 } = stroke;
  const reach = edge + 1;
  const bottom = Math.min(height - 1, Math.ceil(Math.max(y1, y2) + reach));
  const right = Math.min(width - 1, Math.ceil(Math.max(x1, x2) + reach));
  for (let y = Math.max(0, Math.floor(Math.min(y1, y2) - reach)); y <= bottom; y += 1) {
    for (let x = Math.max(0, Math.floor(Math.min(x1, x2) - reach)); x <= right; x += 1) {
      const distance = distanceTo(stroke, x, y);
      const at = y * width + x;
      light[at] = Math.max(light[at], covered(radius - distance));
      dark[at] = Math.max(dark[at], covered(edge - distance));
    }
  }
}

/** Half of a pixel is covered where the border goes through its middle. */
function covered(inside: number): number {
  return 255 * Math.min(1, Math.max(0, inside + 0.5));
}

function distanceTo({ x1, y1, x2, y2 }: Stroke, x: number, y: number): number {
  const length = (x2 - x1) ** 2 + (y2 - y1) ** 2;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length));
  return Math.sqrt((x - x1 - along * (x2 - x1)) ** 2 + (y - y1 - along * (y2 - y1)) ** 2);
}
