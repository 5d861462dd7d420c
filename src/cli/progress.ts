import { Options, Params, SingleBar } from 'cli-progress';
import { Screen } from './terminal';

const DELAY = 1_000;
const MEGABYTE = 1_000_000;

/** A bar on a terminal, for work that takes longer than a second. */
export class Progress {
  private readonly bar: SingleBar;
  private readonly timer?: NodeJS.Timeout;
  private read = 0;

  /** @param total bytes of all inputs; missing if it cannot be told */
  constructor(private readonly screen: Screen, isShown: boolean, private readonly total?: number) {
    this.bar = new SingleBar({
      stream: screen, format: line, barsize: 30, fps: 5, clearOnComplete: true, gracefulExit: false, linewrap: true, etaBuffer: 200,
    });
    if (isShown && screen.isTTY) {
      this.timer = setTimeout(() => this.start(), DELAY);
    }
  }

  advance(bytes: number): void {
    this.read += bytes;
    this.bar.update(this.read);
  }

  /** Writes a line of text; the bar makes room for it. */
  message(text: string): void {
    const { isActive } = this.bar;
    this.bar.stop();
    this.screen.write(`${text}\n`);
    if (isActive) {
      this.start();
    }
  }

  stop(): void {
    clearTimeout(this.timer);
    this.bar.stop();
  }

  private start(): void {
    this.bar.start(this.total ?? 0, this.read);
  }
}

function line({ barsize = 0 }: Options, { progress, value, total, eta }: Params): string {
  const read = `${Math.round(value / MEGABYTE)} MB`;
  if (total === 0) {
    return `${read} redacted`;
  }
  const filled = Math.round(barsize * progress);
  return `[${'='.repeat(filled)}${' '.repeat(barsize - filled)}] ${read} of ${Math.round(total / MEGABYTE)} MB${Number.isFinite(eta) ? `, ${eta} s left` : ''}`;
}
