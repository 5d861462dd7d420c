import { readFileSync } from 'fs';
import { join } from 'path';
import { Command, CommanderError, Option } from 'commander';
import { ExitStatus, isUsageError, reasonOf, UsageError } from './failure';
import { AFTER_HELP } from './help';
import { MASK_SYNTAX, MaskOption, parseMask } from './mask-option';
import { CommandOptions, redactAll } from './redact-all';
import { NamedOption } from './rules';
import { Terminal } from './terminal';
import { typeNamed, upperName } from './type-names';
import { FORMATS } from '../redaction/format/format';
import { PiiType } from '../redaction/pii-type';

/** Runs one command line. @returns its exit status */
export async function run(words: readonly string[], terminal: Terminal): Promise<number> {
  let status: number = ExitStatus.OK;
  const program = new Command('cdk-secure-s3')
    .description('Finds and redacts personal data, with the engine and the rules that cdk-secure-s3 deploys.')
    .version(versionOfPackage(), '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show help')
    .configureOutput({
      writeOut: text => terminal.stdout.write(text),
      writeErr: text => terminal.stderr.write(text),
      outputError: (text, write) => write(`cdk-secure-s3: ${text.replace(/^error: /, '')}`),
    })
    .exitOverride();
  addRedact(program, async (files, options) => {
    status = await redactAll(files, options, terminal);
  }, terminal);
  try {
    await program.parseAsync([...words], { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? ExitStatus.OK : ExitStatus.USAGE;
    }
    terminal.stderr.write(`cdk-secure-s3: ${reasonOf(error)}\n`);
    return isUsageError(error) ? ExitStatus.USAGE : ExitStatus.FAILED;
  }
}

function addRedact(program: Command, action: (files: string[], options: CommandOptions) => Promise<void>, terminal: Terminal): void {
  program.command('redact')
    .description('Redacts files, or standard input, and writes the result to standard output unless told otherwise.')
    .argument('[FILE...]', 'files to redact; - is standard input, as is no FILE')
    .optionsGroup('What is redacted:')
    .option('-t, --types <TYPES>', 'only these types, separated by commas (default: all)', types)
    .option('--except-types <TYPES>', 'all types but these', types)
    .option('-F, --fields <FIELDS>', 'fields whose whole values are redacted: names, paths such as customer.email, /payments/*/pan', list)
    .option('-k, --keywords <NAME=WORDS>', 'words of your own in any case, separated by commas; repeatable', named)
    .option('-p, --pattern <NAME=REGEX>', 'a pattern of your own, in RE2 syntax, (?i) for any case; repeatable', named)
    .option('--rules <FILE>', 'a rule set as JSON; the other options add to it')
    .option('--list-types', 'list the types and end')
    .optionsGroup('How it is written:')
    .option('-m, --mask <[NAME=]MASK>', `${MASK_SYNTAX} (default: type-name); with NAME for one type or rule only; repeatable`, masks)
    .option('--hash-key-file <FILE>', 'the secret key of the mask hash: all bytes of this file')
    .optionsGroup('Input and output:')
    .addOption(new Option('-f, --format <FORMAT>', 'format of the content (default: by the name of the file, else by its start)')
      .choices(FORMATS))
    .option('--maximum-expansion <TIMES>', 'how many times its compressed size the content may have (default: 200)', times)
    .option('-o, --out <PATH>', 'write to this file, or into this directory under the names of the inputs')
    .option('--force', 'replace outputs that exist; an input is never overwritten')
    .option('-c, --check', 'write nothing; the exit status says whether anything would be redacted')
    .option('-d, --diff', 'show the changed lines side by side instead of the result, with the values hidden')
    .optionsGroup('Report:')
    .option('-r, --report', 'counts by type, without values, on standard error')
    .option('--report-file <FILE>', 'the same to a file; as JSON if its name ends with .json')
    .addOption(new Option('--report-format <FORMAT>', 'text or json').choices(['text', 'json']))
    .optionsGroup('Help:')
    .helpOption('-h, --help', 'show help')
    .addHelpText('after', AFTER_HELP)
    .action(async (files: string[], options: CommandOptions & { readonly listTypes?: boolean }) => {
      if (options.listTypes) {
        terminal.stdout.write(`${Object.values(PiiType).join('\n')}\n`);
      } else {
        await action(files, options);
      }
    });
}

function list(value: string, previous: readonly string[] = []): string[] {
  return [...previous, ...value.split(',').map(item => item.trim()).filter(item => item !== '')];
}

function types(value: string, previous: readonly PiiType[] = []): PiiType[] {
  return [...previous, ...list(value).map(typeNamed)];
}

function masks(value: string, previous: readonly MaskOption[] = []): MaskOption[] {
  return [...previous, parseMask(value)];
}

function named(value: string, previous: readonly NamedOption[] = []): NamedOption[] {
  const equals = value.indexOf('=');
  if (equals <= 0 || equals === value.length - 1) {
    throw new UsageError('keywords and patterns are written as NAME=..., such as PROJECT=apollo,gemini or TICKET=[A-Z]{2}-[0-9]{4}');
  }
  return [...previous, { name: upperName(value.slice(0, equals)), value: value.slice(equals + 1) }];
}

function times(value: string): number {
  if (!/^[1-9]\d*$/.test(value)) {
    throw new UsageError('--maximum-expansion has to be a whole number');
  }
  return Number(value);
}

/** Beside the sources and beside the bundle, the package is two folders up. */
function versionOfPackage(): string {
  return JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')).version;
}
