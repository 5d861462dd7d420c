import { UsageError } from './failure';
import { printable } from './terminal';
import { Mask } from '../redaction/mask';

/** A value of `--mask`: `hash`, or for one type or rule only, `EMAIL=hash`. */
export interface MaskOption {
  readonly name?: string;
  readonly mask: Mask;
}

export const MASK_SYNTAX = 'type-name, characters[:C[,KEEP_LAST]], hash[:LENGTH] or remove';

export function parseMask(value: string): MaskOption {
  const [, name, text] = /^(?:([\w-]+)=)?(.*)$/s.exec(value)!;
  const colon = text.indexOf(':');
  const kind = colon < 0 ? text : text.slice(0, colon);
  return { name, mask: maskOf(kind, colon < 0 ? undefined : text.slice(colon + 1)) };
}

function maskOf(kind: string, parameters: string | undefined): Mask {
  switch (kind) {
    case 'characters':
      return characters(parameters ?? '*');
    case 'hash':
      return Mask.hash(parameters === undefined ? {} : { length: number(parameters) });
    case 'type-name':
    case 'remove':
      if (parameters !== undefined) {
        throw new UsageError(`the mask ${kind} takes nothing after its name`);
      }
      return kind === 'remove' ? Mask.remove() : Mask.typeName();
    default:
      throw new UsageError(`unknown mask ${printable(kind)}: it is ${MASK_SYNTAX}`);
  }
}

function characters(parameters: string): Mask {
  const [, character, keepLast] = /^([^,]+)(?:,(.*))?$/s.exec(parameters) ?? [];
  if (character === undefined) {
    throw new UsageError('the mask characters takes one character, and how many of the last to keep: characters:*,4');
  }
  return Mask.characters(character, keepLast === undefined ? {} : { keepLast: number(keepLast) });
}

function number(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : NaN;
}
