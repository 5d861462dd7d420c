/**
 * Makes each export of the compiled lib/index.js load its file on first use, as aws-cdk-lib does with its own: importing the
 * package then costs next to nothing, whatever it grows to.
 */
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';

const FILE = join(__dirname, '..', 'lib', 'index.js');
const EAGER = /^var (\w+) = (require\("[^"]+"\));\n((?:Object\.defineProperty\(exports, "\w+", \{ enumerable: true, get: function \(\) \{ return \1\.\w+; \} \}\);\n)+)/gm;

const compiled = readFileSync(FILE, 'utf8');
const lazy = compiled
  .replace(EAGER, (_all, variable: string, load: string, exports: string) => exports.split(`return ${variable}.`).join(`return ${load}.`))
  // Node finds the names for `import { ... }` in the text: it takes them from `exports.X = void 0`, unless a definition that it
  // does not understand follows. So that one is hidden from it.
  .replace(/defineProperty\(exports, "(?!__)/g, 'defineProperty(exports, hidden = "')
  .replace('Object.defineProperty(exports, "__esModule"', 'var hidden;\nObject.defineProperty(exports, "__esModule"');
if (/^var \w+ = require\(/m.test(lazy) || !lazy.includes('return require(')) {
  throw new Error(`the compiler writes ${FILE} in another way than this script knows`);
}
writeFileSync(FILE, lazy);
