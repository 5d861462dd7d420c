/**
 * fast-check with a fixed seed, so that a run says something about the change and not about luck. `PROPERTY_SEED=$RANDOM npx jest
 * properties` looks elsewhere; what it finds becomes a row of a table.
 */
import * as fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 1) });

export { fc };
