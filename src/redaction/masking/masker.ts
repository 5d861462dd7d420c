import { createSecretKey } from 'crypto';
import { CharacterMask } from './character-mask';
import { PseudonymMask } from './pseudonym-mask';
import { RemovalMask } from './removal-mask';
import { SpanMask } from './span-mask';
import { TypeNameMask } from './type-name-mask';
import { RedactionError } from '../errors';
import { labelsOf } from '../labels';
import { Output, Text } from '../output';
import { MaskRule, RuleSet } from '../rule-set';

const SHORTEST_KEY = 16;
const NULL_START = 0x6e;
const LETTER_A = 0x61;

/** Writes what stands in place of found values, by label. */
export class Masker {
  private readonly masks: readonly SpanMask[];

  /** Throws RedactionError INVALID_RULES if a mask needs a key that is missing or too short. */
  constructor(rules: RuleSet, hashKey?: Uint8Array) {
    this.masks = labelsOf(rules).map(label => spanMask(label, Object.hasOwn(rules.masks, label) ? rules.masks[label] : rules.mask, hashKey));
  }

  /** Whether what is written is the same for all values of a label. */
  isConstant(label: number): boolean {
    return this.masks[label].constant;
  }

  /** The text that is written for all values of a label; undefined if there is none. */
  textOf(label: number): Text | undefined {
    return this.masks[label].text;
  }

  /** Replaces `raw[rawFrom, rawTo)`, which decodes to `decoded[decodedFrom, decodedTo)`; see `SpanMask`. */
  replace(
    out: Output, label: number, raw: Uint8Array, rawFrom: number, rawTo: number,
    decoded: Uint8Array, decodedFrom: number, decodedTo: number, map: Uint32Array | undefined,
  ): void {
    this.masks[label].replace(out, raw, rawFrom, rawTo, decoded, decodedFrom, decodedTo, map);
  }

  /**
   * Replaces a literal of JSON that is no string, so that it stays JSON. `null` says nothing and stays.
   * @returns whether it was replaced
   */
  literal(out: Output, label: number, raw: Uint8Array, from: number, to: number): boolean {
    const first = raw[from];
    if (first === NULL_START) {
      out.bytes(raw, from, to);
      return false;
    }
    const mask = this.masks[label];
    if (first < LETTER_A) {
      mask.replaceNumber(out, raw, from, to);
    } else {
      mask.replaceBoolean(out, to - from);
    }
    return true;
  }
}

function spanMask(label: string, rule: MaskRule, hashKey: Uint8Array | undefined): SpanMask {
  switch (rule.kind) {
    case 'typeName':
      return new TypeNameMask(label);
    case 'characters':
      return new CharacterMask(rule.character, rule.keepLast);
    case 'hash':
      if (hashKey === undefined || hashKey.length < SHORTEST_KEY) {
        throw new RedactionError('INVALID_RULES', `the mask of ${label} is a keyed hash, and ${hashKey === undefined ? 'there is no key' : `the key has ${hashKey.length} bytes`}: give a secret key of at least ${SHORTEST_KEY} random bytes`);
      }
      return new PseudonymMask(label, createSecretKey(hashKey), rule.length);
    case 'remove':
      return new RemovalMask();
  }
}
