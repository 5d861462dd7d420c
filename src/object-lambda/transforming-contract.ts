/** The environment variable of the functions that says whether listings show the sizes of the stored objects: `true` or not. */
export const SHOW_SIZES = 'SHOW_SIZES';
