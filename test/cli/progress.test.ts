import { screen } from './session';
import { Progress } from '../../src/cli/progress';

const MEGABYTE = 1_000_000;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function onTerminal() {
  const { stream, text } = screen(80);
  // What cli-progress asks of a terminal.
  return { stream: Object.assign(stream, { cursorTo: () => true, clearLine: () => true, moveCursor: () => true }), text };
}

test('a bar appears after a second, and makes room for messages', () => {
  const { stream, text } = onTerminal();
  const progress = new Progress(stream, true, 40 * MEGABYTE);
  progress.advance(10 * MEGABYTE);
  jest.advanceTimersByTime(999);
  expect(text()).toBe('');
  jest.advanceTimersByTime(1);
  expect(text()).toContain('10 MB of 40 MB');
  progress.message('a message');
  progress.advance(20 * MEGABYTE);
  jest.advanceTimersByTime(1_000);
  progress.stop();
  expect(text()).toMatch(/10 MB of 40 MB[^]*a message\n[^]*30 MB of 40 MB/);
  expect(jest.getTimerCount()).toBe(0);
});

test('without a total, what was read', () => {
  const { stream, text } = onTerminal();
  const progress = new Progress(stream, true);
  progress.advance(10 * MEGABYTE);
  jest.advanceTimersByTime(1_000);
  progress.stop();
  expect(text()).toContain('10 MB');
  expect(text()).not.toMatch(/ of |left/);
});

test.each([
  ['no terminal', screen(), true],
  ['data on the same terminal', onTerminal(), false],
])('nothing with %s', (_title, { stream, text }, isShown) => {
  const progress = new Progress(stream, isShown, 40 * MEGABYTE);
  progress.advance(10 * MEGABYTE);
  jest.advanceTimersByTime(5_000);
  progress.stop();
  expect(text()).toBe('');
});
