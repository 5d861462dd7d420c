import { text } from 'stream/consumers';
import { askS3 } from './s3-request';
import { childText, parseXml } from '../s3-xml';

/**
 * Whether there is an object of that key. S3 says that one is missing to those only who may list all of the bucket; whoever may list what
 * starts with a prefix sees it in the listing.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export async function isListed(endpoint: string, key: string, signal: AbortSignal): Promise<boolean> {
  const { status, body } = await askS3(endpoint, { method: 'GET', key: '', query: { 'list-type': '2', 'prefix': key, 'max-keys': '1' } }, signal);
  const answer = await text(body);
  // Who may not list does not know either.
  return status !== 200 || parseXml(answer).children.some(child => child.name === 'Contents' && childText(child, 'Key') === key);
}
