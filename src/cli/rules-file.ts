import { UsageError } from './failure';
import { nearestTo, typeNamed } from './type-names';
import { Mask } from '../redaction/mask';
import { CustomKeywords, CustomPattern, RedactionProps } from '../redaction/redaction-props';

type Json = Readonly<Record<string, unknown>>;

const KEYS = ['types', 'fields', 'keywords', 'patterns', 'mask', 'masks'];

/**
 * Reads a rule set, as `Redaction.toJsonString()` writes it; what is left out is as it is by default. Here is checked what JSON may have
 * wrong and TypeScript may not; the values are left to `Redaction.of`.
 */
export function parseRules(json: Buffer, file: string): RedactionProps {
  const { comprehend, ...rest } = object(parsed(json, file), file);
  if (comprehend !== undefined) {
    throw new UsageError(`${file}: comprehend asks Amazon Comprehend, and this command asks nobody: leave comprehend out; names and addresses in free text then stay`);
  }
  const { types, fields, keywords, patterns, mask, masks } = object(rest, file, KEYS);
  return {
    types: types === undefined ? undefined : list(types, `${file}: types`).map(type => typeNamed(String(type))),
    fields: fields as string[] | undefined,
    keywords: rules<CustomKeywords>(keywords, `${file}: keywords`, ['name', 'words', 'ignoreCase']),
    patterns: rules<CustomPattern>(patterns, `${file}: patterns`, ['name', 'pattern', 'ignoreCase']),
    mask: mask === undefined ? undefined : maskOf(mask, `${file}: mask`),
    masks: masks === undefined ? undefined
      : Object.fromEntries(Object.entries(object(masks, `${file}: masks`)).map(([name, item]) => [name, maskOf(item, `${file}: masks.${name}`)])),
  };
}

function parsed(json: Buffer, file: string): unknown {
  try {
    return JSON.parse(json.toString());
  } catch {
    throw new UsageError(`${file} is no JSON`);
  }
}

function rules<T extends CustomKeywords | CustomPattern>(value: unknown, where: string, keys: readonly string[]): T[] | undefined {
  return value === undefined ? undefined : list(value, where).map((item, index) => {
    const rule = object(item, `${where}[${index}]`, keys);
    if (!['boolean', 'undefined'].includes(typeof rule.ignoreCase)) {
      throw new UsageError(`${where}[${index}].ignoreCase has to be true or false`);
    }
    return rule as unknown as T;
  });
}

function maskOf(value: unknown, where: string): Mask {
  switch (object(value, where).kind) {
    case 'typeName':
      object(value, where, ['kind']);
      return Mask.typeName();
    case 'remove':
      object(value, where, ['kind']);
      return Mask.remove();
    case 'hash':
      return Mask.hash({ length: object(value, where, ['kind', 'length']).length as number | undefined });
    case 'characters': {
      const { character, keepLast } = object(value, where, ['kind', 'character', 'keepLast']);
      return Mask.characters(character as string, { keepLast: keepLast as number | undefined });
    }
    default:
      throw new UsageError(`${where}.kind has to be typeName, characters, hash or remove`);
  }
}

function list(value: unknown, where: string): unknown[] {
  if (!Array.isArray(value)) {
    throw new UsageError(`${where} has to be a list`);
  }
  return value;
}

/** Keys that mean nothing are mistakes. */
function object(value: unknown, where: string, keys?: readonly string[]): Json {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new UsageError(`${where} has to be an object`);
  }
  const unknown = keys === undefined ? undefined : Object.keys(value).find(key => !keys.includes(key));
  if (unknown !== undefined) {
    const nearest = nearestTo(unknown, keys!);
    throw new UsageError(`${where} holds an unknown key${nearest === undefined ? '' : `; did you mean ${nearest}?`} It may hold ${keys!.join(', ')}`);
  }
  return value as Json;
}
