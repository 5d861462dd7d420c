/*
 * Keccak-256, as Ethereum and Monero use it: SHA-3 before its padding was changed, so that `node:crypto` has none.
 * 64-bit lanes are pairs of 32-bit halves, the low one first.
 */

const RATE = 136;
const ROUNDS = 24;

/** How far each lane is rotated, and where it goes, in the order of steps rho and pi. */
const ROTATIONS = Uint8Array.of(1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44);
const PLACES = Uint8Array.of(10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1);

/** The round constants, from the shift register that the standard defines them by. */
const CONSTANTS = new Int32Array(2 * ROUNDS);
let register = 1;
for (let round = 0; round < ROUNDS; round++) {
  for (let power = 0; power < 7; power++) {
    if ((register & 1) !== 0) {
      const bit = (1 << power) - 1;
      CONSTANTS[2 * round + (bit >> 5)] |= 1 << (bit & 31);
    }
    register = register << 1 ^ ((register & 0x80) !== 0 ? 0x171 : 0);
  }
}

const state = new Int32Array(50);
/** The sums of the columns, the last of them before the first and the first behind the last. */
const columns = new Int32Array(14);
/** A row, its first two lanes behind the last. */
const row = new Int32Array(14);
const block = new Uint8Array(RATE);

/**
 * Hashes `bytes[from, to)`, at most 135 bytes, into `digest`.
 *
 * @see https://keccak.team/keccak_specs_summary.html
 */
export function keccak256(bytes: Uint8Array, from: number, to: number, digest: Uint8Array): void {
  block.fill(0);
  for (let index = from; index < to; index++) {
    block[index - from] = bytes[index];
  }
  block[to - from] = 1;
  block[RATE - 1] |= 0x80;
  state.fill(0);
  for (let index = 0; index < RATE; index++) {
    state[index >> 2] ^= block[index] << (8 * (index & 3));
  }
  for (let round = 0; round < ROUNDS; round++) {
    permute(round);
  }
  for (let index = 0; index < 32; index++) {
    digest[index] = state[index >> 2] >>> (8 * (index & 3));
  }
}

function permute(round: number): void {
  theta();
  rhoAndPi();
  for (let y = 0; y < 50; y += 10) {
    for (let x = 0; x < 10; x++) {
      row[x] = state[y + x];
    }
    row[10] = row[0];
    row[11] = row[1];
    row[12] = row[2];
    row[13] = row[3];
    for (let x = 0; x < 10; x++) {
      state[y + x] ^= ~row[x + 2] & row[x + 4];
    }
  }
  state[0] ^= CONSTANTS[2 * round];
  state[1] ^= CONSTANTS[2 * round + 1];
}

function theta(): void {
  for (let x = 0; x < 10; x++) {
    columns[x + 2] = state[x] ^ state[x + 10] ^ state[x + 20] ^ state[x + 30] ^ state[x + 40];
  }
  columns[0] = columns[10];
  columns[1] = columns[11];
  columns[12] = columns[2];
  columns[13] = columns[3];
  for (let x = 0; x < 10; x += 2) {
    const low = columns[x] ^ (columns[x + 4] << 1 | columns[x + 5] >>> 31);
    const high = columns[x + 1] ^ (columns[x + 5] << 1 | columns[x + 4] >>> 31);
    for (let lane = x; lane < 50; lane += 10) {
      state[lane] ^= low;
      state[lane + 1] ^= high;
    }
  }
}

function rhoAndPi(): void {
  let low = state[2];
  let high = state[3];
  for (let index = 0; index < 24; index++) {
    const place = 2 * PLACES[index];
    const by = ROTATIONS[index] & 31;
    const swap = ROTATIONS[index] > 31;
    const a = swap ? high : low;
    const b = swap ? low : high;
    low = state[place];
    high = state[place + 1];
    // None of them is a multiple of 32.
    state[place] = a << by | b >>> 32 - by;
    state[place + 1] = b << by | a >>> 32 - by;
  }
}
