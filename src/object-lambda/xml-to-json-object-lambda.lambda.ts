import { createHash } from 'crypto';
import { readFileSync } from 'fs';
import { join } from 'path';
import { SHOW_SIZES } from './transforming-contract';
import { XML_TO_JSON_OPTIONS_FILE } from './xml-to-json-object-lambda-contract';
import { objectLambdaHandler } from '../transform/aws/object-lambda';
import { XmlToJsonOptions } from '../transform/xml-to-json/xml-to-json-options';
import { XmlToJsonTransformation } from '../transform/xml-to-json/xml-to-json-transformation';

const options = JSON.parse(readFileSync(join(__dirname, XML_TO_JSON_OPTIONS_FILE), 'utf8')) as XmlToJsonOptions;
const code = createHash('sha256').update(readFileSync(__filename)).digest('hex');
const transformation = new XmlToJsonTransformation(options, code);

export const handler = objectLambdaHandler(() => transformation, { showSizes: process.env[SHOW_SIZES] === 'true' });
