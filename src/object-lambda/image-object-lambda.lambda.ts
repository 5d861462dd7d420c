import { createHash } from 'crypto';
import { readFileSync } from 'fs';
import { IMAGE_OPTIONS } from './image-object-lambda-contract';
import { SHOW_SIZES } from './transforming-contract';
import { objectLambdaHandler } from '../transform/aws/object-lambda';
import * as codecs from '../transform/image/codecs';
import { ImageOptions } from '../transform/image/image-options';
import { ImageTransformation } from '../transform/image/image-transformation';

const options = JSON.parse(process.env[IMAGE_OPTIONS] ?? '') as ImageOptions;
const code = createHash('sha256').update(readFileSync(__filename)).digest('hex');
const transformation = new ImageTransformation(options, codecs, code);

export const handler = objectLambdaHandler(() => transformation, { showSizes: process.env[SHOW_SIZES] === 'true' });
/** For tests: the codecs are in this bundle only. */
export { codecs };
