const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BLANK = 0x20;
const SENTENCE_ENDS = Buffer.from('.!?');

/** How good a place is to cut a text: within a word, between words, sentences, lines or paragraphs. */
enum Quality { CHARACTER, WORD, SENTENCE, LINE, PARAGRAPH }

/** The best place to cut a text in `(low, high]`, and of equal ones the last: an offset at which a character starts. `bytes[high]` is there. */
export function borderIn(bytes: Buffer, low: number, high: number): number {
  let best = -1;
  let place = high;
  for (let offset = high; offset > low && best < Quality.PARAGRAPH; offset--) {
    if ((bytes[offset] & 0xc0) !== 0x80) {
      const quality = qualityOf(bytes, offset);
      if (quality > best) {
        best = quality;
        place = offset;
      }
    }
  }
  return place;
}

function qualityOf(bytes: Buffer, offset: number): Quality {
  switch (bytes[offset - 1]) {
    case LINE_FEED:
      return bytes[bytes[offset - 2] === CARRIAGE_RETURN ? offset - 3 : offset - 2] === LINE_FEED ? Quality.PARAGRAPH : Quality.LINE;
    case BLANK:
    case TAB:
    case CARRIAGE_RETURN:
      return SENTENCE_ENDS.includes(bytes[offset - 2]) ? Quality.SENTENCE : Quality.WORD;
    default:
      return Quality.CHARACTER;
  }
}
