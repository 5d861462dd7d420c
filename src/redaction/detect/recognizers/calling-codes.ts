/**
 * Calling codes, and how many digits follow them: one length, or the shortest and the longest.
 *
 * @see https://www.itu.int/pub/T-SP-E.164D
 * @see https://www.itu.int/oth/T0202 the national numbering plans
 */
const PLANS = `
  1:10 7:10
  20:8-10 211:9 212:9 213:8-9 216:8 218:8-9 220:7-9 221:9 222:8 223:8 224:8-9 225:10 226:8 227:8 228:8 229:8-10
  230:7-8 231:7-9 232:8 233:9 234:8-10 235:8 236:8 237:8-9 238:7 239:7 240:9 241:7-8 242:9 243:7-10 244:9 245:7-9 246:7 247:5 248:7 249:9
  250:8-9 251:9 252:7-9 253:8 254:7-10 255:9 256:9 257:8 258:8-9 260:9 261:9 262:9 263:8-10 264:8-9 265:7-9 266:8 267:7-8 268:8 269:7
  27:9 290:4-5 291:7 297:7 298:6 299:6
  30:10 31:9-11 32:8-9 33:9 34:9 350:8 351:9 352:6-11 353:7-10 354:7-9 355:8-9 356:8 357:8 358:6-12 359:7-9
  36:8-9 370:8 371:8 372:7-8 373:8 374:8 375:9 376:6-9 377:8-9 378:6-10 380:9 381:8-10 382:8-9 383:8-9 385:8-9 386:8 387:8-9 389:8
  39:6-12 40:9 41:9 420:9 421:9 423:7-9 43:5-13 44:9-10 45:8 46:7-13 47:8 48:9 49:6-14
  500:5 501:7 502:8 503:8 504:8 505:8 506:8-10 507:7-8 508:6-9 509:8 51:8-9 52:10-11 53:6-10 54:10-11 55:10-11 56:9 57:8-11 58:10
  590:9 591:8-9 592:7 593:8-9 594:9 595:7-10 596:9 597:6-7 598:7-8 599:7-8
  60:8-10 61:9-10 62:8-13 63:8-10 64:8-10 65:8 66:8-10 670:7-8 672:6 673:7 674:7 675:7-8 676:5-7 677:5-7 678:5-7 679:7 680:7 681:6-9
  682:5 683:4-7 685:5-7 686:5-8 687:6 688:5-7 689:6-9 690:4-7 691:7 692:7
  800:8 808:8 81:9-11 82:8-11 84:9-10 850:8-10 852:8 853:8 855:8-9 856:8-10 86:9-12 870:9 878:12 880:8-10 881:9 882:7-12 883:8-12 886:8-10 888:11
  90:10 91:10 92:9-10 93:9 94:9 95:7-10 960:7-10 961:7-8 962:8-9 963:8-9 964:8-10 965:7-8 966:9 967:7-9 968:8 970:8-9 971:8-9 972:8-12 973:8
  974:7-8 975:7-8 976:8-10 977:8-11 979:9 98:8-10 992:9 993:8 994:9 995:9 996:9 998:9`;

const SHORTEST = new Uint8Array(1000);
const LONGEST = new Uint8Array(1000);
for (const [, code, shortest, longest] of PLANS.matchAll(/(\d+):(\d+)(?:-(\d+))?/g)) {
  SHORTEST[Number(code)] = Number(shortest);
  LONGEST[Number(code)] = Number(longest ?? shortest);
}

/** How many digits the calling code has that `digits[from, to)` start with; 0 if they start with none. No code is the start of another. */
export function callingCodeLength(digits: Uint8Array, from: number, to: number): number {
  let code = 0;
  for (let position = from; position < to && position < from + 3; position++) {
    code = code * 10 + digits[position];
    if (code === 0) {
      return 0;
    }
    if (LONGEST[code] > 0) {
      return position - from + 1;
    }
  }
  return 0;
}

/** Whether `count` digits can follow the calling code `digits[from, to)`. */
export function isNationalLength(digits: Uint8Array, from: number, to: number, count: number): boolean {
  let code = 0;
  for (let position = from; position < to; position++) {
    code = code * 10 + digits[position];
  }
  return count >= SHORTEST[code] && count <= LONGEST[code];
}
