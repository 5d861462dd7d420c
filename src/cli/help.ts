/** Printed below the options. */
export const AFTER_HELP = `
Exit status:
  0    all inputs were redacted; with --check: nothing would be redacted
  1    --check found something that would be redacted
  2    the command line or the rules are wrong; nothing was read or written
  3    an input could not be redacted, or an output not written; the others were
  130  interrupted; no unfinished file is left
  141  standard output was closed before the end, as by head

Formats and compression:
  The name of a file tells its format, else its first bytes do: JSON, XML, or plain text. CSV, TSV and NDJSON on standard input need
  --format. Input named .gz or .br is decompressed, and so is what starts as gzip does. It stays compressed in a directory given by
  --out. For a file given by --out, its own name decides. Standard output is never compressed.

Examples:
  cdk-secure-s3 redact app.log                                  redacted, on standard output
  cdk-secure-s3 redact --diff app.log                           what would change
  cdk-secure-s3 redact --check --report *.csv                   for scripts: exit status and counts
  cdk-secure-s3 redact --out redacted/ logs/*.log.gz            compressed files, under the same names
  cdk-secure-s3 redact --types EMAIL,PHONE --mask 'characters:*,4' users.csv
  cdk-secure-s3 redact --mask EMAIL=hash --hash-key-file key --fields name,/orders/*/card orders.json
  cdk-secure-s3 redact --pattern 'TICKET=[A-Z]{2}-[0-9]{6}' --keywords PROJECT=apollo,gemini notes.txt
  kubectl logs app | cdk-secure-s3 redact --format text
`;
