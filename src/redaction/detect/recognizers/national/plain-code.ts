type Check = (code: Uint8Array, length: number) => boolean;

/** Calls do not nest, so one place to write to is enough. */
const PLAIN = new Uint8Array(64);

/** A check of letters and digits for layouts that hold punctuation of their own: it is left out. */
export function plain(check: Check): Check {
  return (code, length) => {
    let count = 0;
    for (let i = 0; i < length; i++) {
      if (code[i] >= 0x41 || code[i] >= 0x30 && code[i] <= 0x39) {
        PLAIN[count++] = code[i];
      }
    }
    return check(PLAIN, count);
  };
}
