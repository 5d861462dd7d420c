/** CDK prints its validation report to standard error at every synthesis. Tests read the report file; all else is still printed. */
const { error } = console;
const REPORT = /^(Performing Policy Validations|Validation Report\n|Validation failed\. A copy of this report)|A copy of this report can be found in:/;

console.error = (...args: unknown[]) => {
  if (!REPORT.test(String(args[0]))) {
    error(...args);
  }
};
