const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const MONTH = `(${MONTHS.join('|')})`;
const TIME = '(\\d\\d):(\\d\\d):(\\d\\d)';

const FORMS = [
  { form: new RegExp(`^${DAY}, (\\d\\d) ${MONTH} (\\d{4}) ${TIME} GMT$`), order: [2, 1, 0, 3, 4, 5] },
  { form: new RegExp(`^(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday), (\\d\\d)-${MONTH}-(\\d\\d) ${TIME} GMT$`), order: [2, 1, 0, 3, 4, 5] },
  { form: new RegExp(`^${DAY} ${MONTH} ([ \\d]\\d) ${TIME} (\\d{4})$`), order: [5, 0, 1, 2, 3, 4] },
];

/**
 * Milliseconds since 1970 of a date in one of the three forms that HTTP has; undefined if it is none.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
 */
export function httpDate(text: string): number | undefined {
  for (const { form, order } of FORMS) {
    const parts = form.exec(text.trim())?.slice(1);
    if (parts !== undefined) {
      const [year, month, day, hours, minutes, seconds] = order.map(index => parts[index]);
      const time = Date.UTC(fullYear(year), MONTHS.indexOf(month), Number(day), Number(hours), Number(minutes), Number(seconds));
      return new Date(time).getUTCDate() === Number(day) && Number(hours) < 24 && Number(minutes) < 60 ? time : undefined;
    }
  }
  return undefined;
}

/** Two digits that seem more than 50 years ahead are the last such year. */
function fullYear(digits: string): number {
  if (digits.length === 4) {
    return Number(digits);
  }
  const thisYear = new Date().getUTCFullYear();
  const year = thisYear - thisYear % 100 + Number(digits);
  return year > thisYear + 50 ? year - 100 : year;
}
