/** The name of the function's bundle, a folder in `assets/`. */
export const IMAGE_OBJECT_LAMBDA = 'image-object-lambda';

/** The environment variable of the function that holds `ImageOptions` as JSON. */
export const IMAGE_OPTIONS = 'IMAGE_OPTIONS';
