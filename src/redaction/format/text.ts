import { OpenValue } from './open-value';
import { FormatReader, ValueJudge } from './reader';
import { WHOLE_TEXT } from '../fields/field';

/** Plain text and logs: one value from the start to the end. */
export class TextReader implements FormatReader {
  private readonly value: OpenValue;

  constructor(judge: ValueJudge) {
    this.value = new OpenValue(judge);
    this.value.start(WHOLE_TEXT);
  }

  read(bytes: Buffer, kept: number, from: number, to: number, last: boolean): number {
    return this.value.part(bytes, kept, from, to, last);
  }
}
