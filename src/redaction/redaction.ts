import { ComprehendOptions } from './comprehend-options';
import { comprehendRule } from './comprehend-rule';
import { customRules } from './custom/custom-rules';
import { checkStates } from './custom/machines';
import { PatternError } from './custom/pattern-error';
import { RedactionError } from './errors';
import { parseSelector } from './fields/selector';
import { Mask } from './mask';
import { PiiType } from './pii-type';
import { CustomKeywords, CustomPattern, RedactionProps } from './redaction-props';
import { FIELD_LABEL, KeywordRule, MaskRule, PatternRule, RuleSet } from './rule-set';
import { described } from '../private/described';
import { ConfigurationError } from '../private/errors';

const WHERE = 'Redaction.of';
const TYPES: readonly string[] = Object.values(PiiType);

/**
 * What is personal data, and what is written in its place.
 *
 * Values are found by their structure (checksums, known issuers and lengths), by the words beside them where digits alone would be
 * ambiguous, and by the names of the fields they stand in. `PiiType.NAME` and `PiiType.ADDRESS` are found by the name of their field
 * only: in free text, names and addresses take a language model, see `comprehend`.
 *
 * Without options, all types are looked for, each is replaced by its name in brackets, and fields are judged by their names.
 *
 * @see https://docs.aws.amazon.com/comprehend/latest/dg/how-pii.html
 */
export class Redaction {
  /**
   * Checks the rules, all of them before anything is deployed.
   *
   * @throws if a type or the name of a mask is unknown, a field selects nothing, a keyword or pattern is one that cannot be matched in
   * linear time and bounded memory, a value is known only at deployment, or nothing is left to look for
   */
  public static of(props: RedactionProps = {}): Redaction {
    const types = typesOf(props.types);
    const fields = textsOf('fields', props.fields ?? []);
    checkFields(fields);
    const keywords = listOf('keywords', props.keywords ?? []).map(keywordRule);
    const patterns = listOf('patterns', props.patterns ?? []).map(patternRule);
    checkCustomRules(keywords, patterns);
    if (types.length + fields.length + keywords.length + patterns.length === 0) {
      throw new ConfigurationError(WHERE, 'types is empty, so that nothing would be redacted', 'leave types out for all of them, or name fields, keywords or patterns');
    }
    const found = [...types, ...fields.length > 0 ? [FIELD_LABEL] : [], ...[...keywords, ...patterns].map(({ name }) => name)];
    return new Redaction({
      types,
      fields,
      keywords,
      patterns,
      mask: ruleOf('mask', props.mask ?? Mask.typeName()),
      masks: masksOf(props.masks ?? {}, found),
    });
  }

  /** @internal */
  public readonly _rules: RuleSet;

  private constructor(rules: RuleSet) {
    this._rules = rules;
  }

  /**
   * The same rules, and Amazon Comprehend is asked for names and addresses in free text (`DetectPiiEntities`). What either finds is redacted.
   *
   * - **Who asks**: the functions of the constructs that take this redaction, in their Region and in the name of their role, which is
   *   allowed `comprehend:DetectPiiEntities` for it.
   * - **What is sent**: texts in which a word stands, decoded (plain text, strings and keys of JSON, cells and column names of CSV, texts
   *   and attributes of XML), before anything in them is redacted. Numbers, flags and fields that are redacted as a whole by their names
   *   are not sent. Keys and metadata of objects are not sent, either: metadata that is to be redacted is left out.
   * - **What it costs**: Amazon Comprehend counts units of 100 characters, at least 3 for each request, at 0.0001 USD in the first tier:
   *   bytes of free text / 100 * 0.0001 USD, which is 1,000 USD for 1 GB of plain text. Short texts travel together, 100,000 bytes at most,
   *   and the same short text once in each request. It is asked each time that an object is read, also by HEAD where it tells the length;
   *   a `RedactedCopy` costs once.
   * - **What changes**: a model may judge the same text in another way tomorrow, so objects have no ETag, and ranges and parts of them are
   *   refused. They come at the speed of the service.
   * - **Where it cannot be asked**, or its answer cannot be right, the redaction fails: requests that are throttled are repeated within the time
   *   limit, and nothing goes out that was not asked about.
   *
   * @throws if the language is none that DetectPiiEntities reads, a type none that it finds, or the confidence no number from 0 to 1
   * @see https://docs.aws.amazon.com/comprehend/latest/dg/realtime-pii-api.html
   * @see https://aws.amazon.com/comprehend/pricing/
   */
  public comprehend(options: ComprehendOptions): Redaction {
    const comprehend = comprehendRule(options);
    return new Redaction({ ...this._rules, types: [...new Set([...this._rules.types, ...comprehend.types])], comprehend });
  }

  /** The rules as JSON. There is no secret in them: the key of `Mask.hash` is given where they run. */
  public toJsonString(): string {
    return JSON.stringify(this._rules);
  }
}

function typesOf(types: PiiType[] | undefined): PiiType[] {
  const unknown = textsOf('types', types ?? []).find(type => !TYPES.includes(type));
  if (unknown !== undefined) {
    throw new ConfigurationError(WHERE, `types holds '${unknown}', which is none`, 'give members of PiiType');
  }
  return [...new Set(types ?? Object.values(PiiType))];
}

function checkFields(fields: readonly string[]): void {
  try {
    fields.forEach(parseSelector);
  } catch (error) {
    throw error instanceof RedactionError ? new ConfigurationError(WHERE, 'fields holds what selects nothing', error.message) : error;
  }
}

function keywordRule({ name, words, ignoreCase = true }: CustomKeywords): KeywordRule {
  checkName('keywords', name);
  const copied = textsOf(`words of ${name}`, words);
  if (copied.length === 0) {
    throw new ConfigurationError(WHERE, `${name} has no words`, 'give at least one, or leave the rule out');
  }
  return { name, words: copied, ignoreCase };
}

function patternRule({ name, pattern, ignoreCase = false }: CustomPattern): PatternRule {
  checkName('patterns', name);
  textsOf(`the pattern ${name}`, [pattern]);
  return { name, pattern, ignoreCase };
}

function checkName(list: string, name: string): void {
  if (typeof name !== 'string' || !/^[A-Z][A-Z0-9_]{0,63}$/.test(name)) {
    throw new ConfigurationError(WHERE, `a name in ${list} is ${described(name)}`, 'give up to 64 upper-case letters, digits and _, such as EMPLOYEE_ID');
  }
  if (TYPES.includes(name) || name === FIELD_LABEL) {
    throw new ConfigurationError(WHERE, `a name in ${list} is ${name}, which is taken`, `choose another, such as MY_${name}`);
  }
}

function checkCustomRules(keywords: KeywordRule[], patterns: PatternRule[]): void {
  try {
    customRules({ keywords, patterns });
    patterns.forEach(checkStates);
  } catch (error) {
    throw error instanceof PatternError ? new ConfigurationError(WHERE, error.problem, error.remedy) : error;
  }
}

function masksOf(masks: { [name: string]: Mask }, found: readonly string[]): Record<string, MaskRule> {
  const unknown = Object.keys(masks).find(name => !found.includes(name));
  if (unknown !== undefined) {
    throw new ConfigurationError(WHERE, `masks names ${unknown}, which these rules do not look for`,
      `name one of types, ${FIELD_LABEL} together with fields, or the name of a keyword or pattern rule`);
  }
  return Object.fromEntries(Object.entries(masks).map(([name, mask]) => [name, ruleOf(`the mask of ${name}`, mask)]));
}

/** A mask is told by what it holds, also across two copies of this package. */
function ruleOf(what: string, mask: Mask): MaskRule {
  const rule: MaskRule | undefined = mask?._rule;
  if (typeof rule?.kind !== 'string') {
    throw new ConfigurationError(WHERE, `${what} is ${described(mask)}`, 'give a value of Mask, such as Mask.typeName()');
  }
  return rule;
}

function listOf<T>(what: string, list: readonly T[]): readonly T[] {
  if (!Array.isArray(list)) {
    throw new ConfigurationError(WHERE, `${what} is ${described(list)}`, 'give a list');
  }
  return list;
}

function textsOf(what: string, texts: readonly string[]): readonly string[] {
  for (const text of listOf(what, texts)) {
    if (typeof text !== 'string') {
      throw new ConfigurationError(WHERE, `${what} holds ${described(text)}`, 'give texts');
    }
    if (/[$#]\{Token\[/.test(text)) {
      throw new ConfigurationError(WHERE, `${what} holds a value that only CloudFormation knows, which cannot be checked`, 'write the value out');
    }
  }
  return [...texts];
}
