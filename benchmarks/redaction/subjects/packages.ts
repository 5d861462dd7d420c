import { createRequire } from 'module';
import { join } from 'path';

/** Loads a package out of the benchmark's own `node_modules`: the project does not know these packages. */
export function load<Package>(name: string): Package {
  return createRequire(join(process.env.BENCHMARK_FOLDER!, 'package.json'))(name);
}
