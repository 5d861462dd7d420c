import { createHash } from 'crypto';
import { readFileSync } from 'fs';
import { dirname, join } from 'path';
import { comprehend } from './comprehend';
import { TransformationFactory } from './object-lambda';
import { secretBytes } from './secret';
import { AssistedRedactionStream } from '../../redaction/assisted/assisted-stream';
import { RuleSet } from '../../redaction/rule-set';
import { RedactingTransformation } from '../redacting/redacting-transformation';

/** What a function that redacts is told, beside its rules. */
export interface RedactingSettings {
  /** The bundle of the function. The file with the rules stands beside it. */
  readonly code: string;
  readonly rulesFile: string;
  /** The ARN of the secret with the key of `Mask.hash`. It is read if a mask of the rules uses it. */
  readonly hashKeySecret?: string;
  /** What happens to user metadata: `redact` (the default), `keep` or `drop`. */
  readonly metadata?: string;
  readonly redactsKeys: boolean;
}

/** Redacts by the rules that stand beside the function, in every view. */
export function redactingFunction({ code, rulesFile, hashKeySecret = '', metadata, redactsKeys }: RedactingSettings): TransformationFactory {
  const rules = JSON.parse(readFileSync(join(dirname(code), rulesFile), 'utf8')) as RuleSet;
  const engine = createHash('sha256').update(readFileSync(code)).digest('hex');
  const usesHash = [rules.mask, ...Object.values(rules.masks)].some(({ kind }) => kind === 'hash');
  let hashKey: Uint8Array | undefined;
  return async ({ counts, signal }) => {
    if (usesHash) {
      hashKey ??= await secretBytes(hashKeySecret, signal);
    }
    return new RedactingTransformation({
      rules,
      hashKey,
      engine,
      metadata: treatmentOf(metadata),
      redactsKeys,
      streamOf: rules.comprehend === undefined ? undefined : options => new AssistedRedactionStream({ ...options, detector: comprehend }),
      onReport: report => Object.entries(report.counts).forEach(([label, count]) => counts.atLeast(label, count)),
    });
  };
}

/** What is unknown is taken as the strictest that still shows something. */
function treatmentOf(text = 'redact'): 'redact' | 'keep' | 'drop' {
  return text === 'keep' || text === 'drop' ? text : 'redact';
}
