/** The name of the function's bundle, a folder in `assets/`. */
export const XML_TO_JSON_OBJECT_LAMBDA = 'xml-to-json-object-lambda';

/** The file beside `index.js` that holds `XmlToJsonOptions` as JSON: environment variables hold 4 KB in all. */
export const XML_TO_JSON_OPTIONS_FILE = 'options.json';
