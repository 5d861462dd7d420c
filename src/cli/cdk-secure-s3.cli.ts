import { run } from './program';
import { removeTemporaryFiles } from './temporary-file';

// A signal ends the process as it would have without this.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    removeTemporaryFiles();
    process.kill(process.pid, signal);
  });
}
// Errors of standard output reach whoever wrote.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

void run(process.argv.slice(2), process).then(status => {
  process.exitCode = status;
});
