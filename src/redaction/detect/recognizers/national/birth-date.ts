import { decimal } from '../../checksums';

const DAYS = Uint8Array.of(0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);

/** Whether a month has such a day in some year. */
export function isDay(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= DAYS[month];
}

/** Whether the digits from `at` on write a month and a day: MMDD. */
export function isMonthDay(code: Uint8Array, at: number): boolean {
  return isDay(decimal(code, at, at + 2), decimal(code, at + 2, at + 4));
}

/** Whether the digits from `at` on may write a time of day: HHMM. */
export function isTime(code: Uint8Array, at: number): boolean {
  return decimal(code, at, at + 2) < 24 && decimal(code, at + 2, at + 4) < 60;
}
