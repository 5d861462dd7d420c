import { LOOK_AHEAD } from '../detect/recognizer';

/** The longest match in bytes. A search may read LOOK_AHEAD bytes: some are left for the character behind a match. */
export const MAX_MATCH = LOOK_AHEAD - 12;
/** The longest pattern in characters. */
export const MAX_PATTERN = 1_000;
/** Words of all keyword rules together, and patterns of all pattern rules. */
export const MAX_WORDS = 1_000;
export const MAX_PATTERNS = 100;
/** Steps of one program. */
export const MAX_STEPS = 50_000;
/** Numbers in the tables of one state machine: 1 MiB. */
export const MAX_TABLE = 1 << 18;
