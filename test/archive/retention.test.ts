import { Duration, Lazy } from 'aws-cdk-lib';
import { Retention } from '../../src';
import { fc } from '../fast-check';

const DAY = 24 * 60 * 60 * 1000;

function after(start: Date, years: number): Date {
  const end = new Date(start);
  end.setUTCFullYear(start.getUTCFullYear() + years);
  return end;
}

describe('a retention in days', () => {
  test.each([1, 365, 2557, 36_500])('takes %d', days => {
    expect(Retention.compliance(Duration.days(days))).toMatchObject({ _mode: 'COMPLIANCE', _days: days, _leastDays: days });
    expect(Retention.governance(Duration.days(days))).toMatchObject({ _mode: 'GOVERNANCE', _days: days, _leastDays: days });
  });

  test('takes whole days in other units', () => {
    expect(Retention.compliance(Duration.hours(48))._days).toBe(2);
  });

  test.each([
    [Duration.days(0), '0 days'],
    [Duration.hours(36), '1 day 12 hours'],
    [Duration.days(36_501), '36501 days'],
  ])('refuses %s', (period, told) => {
    expect(() => Retention.compliance(period)).toThrow(`[Retention.compliance] the period is ${told}: S3 locks objects for whole days`);
    expect(() => Retention.governance(period)).toThrow('[Retention.governance] the period is');
  });

  test('refuses what is known at deployment only', () => {
    expect(() => Retention.compliance(Duration.days(Lazy.number({ produce: () => 1 })))).toThrow('[Retention.compliance] the period is');
  });
});

describe('a retention in years', () => {
  // By hand: leap days are on 29 February 2024, 2028, 2032 and so on.
  test.each([
    [1, 366, 365],
    [2, 731, 730],
    [3, 1096, 1095],
    [4, 1461, 1461],
    [5, 1827, 1826],
    [7, 2557, 2556],
    [10, 3653, 3652],
    [99, 36_159, 36_158], // 2100 is no leap year
  ])('%d has at most %d days and at least %d', (years, most, least) => {
    expect(Retention.complianceYears(years)).toMatchObject({ _mode: 'COMPLIANCE', _days: most, _leastDays: least });
    expect(Retention.governanceYears(years)).toMatchObject({ _mode: 'GOVERNANCE', _days: most, _leastDays: least });
  });

  test.each([0, -1, 1.5, 100, NaN])('refuses %d', years => {
    expect(() => Retention.complianceYears(years)).toThrow(`[Retention.complianceYears] the period is ${years} years: give a whole number from 1 to 99`);
    expect(() => Retention.governanceYears(years)).toThrow('[Retention.governanceYears]');
  });

  test('covers every span of as many calendar years, and none by more than the leap days in doubt', () => {
    fc.assert(fc.property(
      fc.date({ min: new Date('2024-01-01'), max: new Date('2063-12-31'), noInvalidDate: true }), fc.integer({ min: 1, max: 99 }), (start, years) => {
        const { _days, _leastDays } = Retention.complianceYears(years);
        const span = (after(start, years).getTime() - start.getTime()) / DAY;
        expect(span).toBeLessThanOrEqual(_days);
        expect(span).toBeGreaterThanOrEqual(_leastDays);
        expect(_days - _leastDays).toBeLessThanOrEqual(2);
      }), { numRuns: 500 });
  });
});
