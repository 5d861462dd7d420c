import { readFile } from 'fs/promises';
import { reasonOf, UsageError } from './failure';
import { MaskOption } from './mask-option';
import { parseRules } from './rules-file';
import { printable } from './terminal';
import { upperName } from './type-names';
import { Masker } from '../redaction/masking/masker';
import { PiiType } from '../redaction/pii-type';
import { Redaction } from '../redaction/redaction';
import { RedactionProps } from '../redaction/redaction-props';
import { RuleSet } from '../redaction/rule-set';

/** A value of `--keywords` and `--pattern`. */
export interface NamedOption {
  readonly name: string;
  readonly value: string;
}

export interface RuleOptions {
  readonly types?: readonly PiiType[];
  readonly exceptTypes?: readonly PiiType[];
  readonly fields?: readonly string[];
  readonly keywords?: readonly NamedOption[];
  readonly pattern?: readonly NamedOption[];
  readonly mask?: readonly MaskOption[];
  readonly rules?: string;
  readonly hashKeyFile?: string;
}

/** The rules of `--rules`, or all types, and what the other options change: types and the mask replace, the rest is added. */
export async function rulesOf(options: RuleOptions): Promise<RuleSet> {
  const { fields = [], keywords = [], pattern = [], mask: masks = [] } = options;
  const base: RedactionProps = options.rules === undefined ? {} : parseRules(await contentOf(options.rules, '--rules'), printable(options.rules));
  const types = options.types ?? base.types ?? Object.values(PiiType);
  return Redaction.of({
    types: types.filter(type => !options.exceptTypes?.includes(type)),
    fields: [...base.fields ?? [], ...fields],
    keywords: [...base.keywords ?? [], ...keywords.map(({ name, value }) => ({ name, words: value.split(',').map(word => word.trim()) }))],
    patterns: [...base.patterns ?? [], ...pattern.map(({ name, value }) => ({ name, pattern: value }))],
    mask: masks.filter(({ name }) => name === undefined).at(-1)?.mask ?? base.mask,
    masks: { ...base.masks, ...Object.fromEntries(masks.flatMap(({ name, mask }) => name === undefined ? [] : [[upperName(name), mask]])) },
  })._rules;
}

/** The key of pseudonyms: as many bytes as the file has. */
export async function hashKeyOf({ hashKeyFile }: RuleOptions, rules: RuleSet): Promise<Uint8Array | undefined> {
  const isHashed = [rules.mask, ...Object.values(rules.masks)].some(({ kind }) => kind === 'hash');
  if (isHashed && hashKeyFile === undefined) {
    throw new UsageError('the mask hash needs a secret key: make one with "openssl rand -out key 32" and give --hash-key-file key');
  }
  if (!isHashed && hashKeyFile !== undefined) {
    throw new UsageError('--hash-key-file is the key of the mask hash: give --mask hash');
  }
  const key = hashKeyFile === undefined ? undefined : await contentOf(hashKeyFile, '--hash-key-file');
  // It refuses a key that is too short.
  new Masker(rules, key);
  return key;
}

async function contentOf(path: string, option: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UsageError(`${option} ${printable(path)}: ${reasonOf(error)}`);
  }
}
