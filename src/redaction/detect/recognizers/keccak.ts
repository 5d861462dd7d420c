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
const columns = new Int32Array(10);
const row = new Int32Array(10);
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
  for (let x = 0; x < 10; x++) {
    columns[x] = state[x] ^ state[x + 10] ^ state[x + 20] ^ state[x + 30] ^ state[x + 40];
  }
  for (let x = 0; x < 10; x += 2) {
    const before = (x + 8) % 10;
    const after = (x + 2) % 10;
    const low = columns[before] ^ (columns[after] << 1 | columns[after + 1] >>> 31);
    const high = columns[before + 1] ^ (columns[after + 1] << 1 | columns[after] >>> 31);
    for (let y = 0; y < 50; y += 10) {
      state[x + y] ^= low;
      state[x + y + 1] ^= high;
    }
  }
  let low = state[2];
  let high = state[3];
  for (let index = 0; index < 24; index++) {
    const place = 2 * PLACES[index];
    const swap = ROTATIONS[index] >= 32;
    const by = ROTATIONS[index] & 31;
    const a = swap ? high : low;
    const b = swap ? low : high;
    low = state[place];
    high = state[place + 1];
    state[place] = by === 0 ? a : a << by | b >>> 32 - by;
    state[place + 1] = by === 0 ? b : b << by | a >>> 32 - by;
  }
  for (let y = 0; y < 50; y += 10) {
    for (let x = 0; x < 10; x++) {
      row[x] = state[y + x];
    }
    for (let x = 0; x < 10; x++) {
      state[y + x] ^= ~row[(x + 2) % 10] & row[(x + 4) % 10];
    }
  }
  state[0] ^= CONSTANTS[2 * round];
  state[1] ^= CONSTANTS[2 * round + 1];
}
