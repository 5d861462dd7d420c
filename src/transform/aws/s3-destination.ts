import { createHash } from 'crypto';
import { Readable } from 'stream';
import { text } from 'stream/consumers';
import { isListed } from './s3-listing';
import { S3Request, askS3 } from './s3-request';
import { ConflictError, CopiedObject, Copy, Destination } from '../copy/destination';
import { errorOf } from '../s3-error';
import { childText, leaf, parseXml, writeXml } from '../s3-xml';
import { SourceResponse } from '../view';
import { ViewError } from '../view-error';

/** Which view a copy is of. */
const VIEW = 'x-amz-meta-redacted-view';
const PART_SIZE = 8 * 1024 * 1024;

interface Part {
  readonly etag: string;
  readonly checksum: string;
}

/**
 * A bucket that copies are written to, with its own encryption. An object appears when all of it is there: an upload whose body fails is
 * aborted. One part is in memory while another is on its way.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export class S3Destination implements Destination {
  /** Of objects and parts. */
  bytesWritten = 0;

  constructor(private readonly endpoint: string, private readonly signal: AbortSignal) {}

  async head(key: string): Promise<CopiedObject | undefined> {
    const response = await askS3(this.endpoint, { method: 'HEAD', key }, this.signal);
    response.body.resume();
    if (response.status === 404 || (response.status === 403 && !await isListed(this.endpoint, key, this.signal))) {
      return undefined;
    }
    const { headers } = await this.checked(response);
    return { etag: headers.etag, view: headers[VIEW] };
  }

  async put(key: string, { headers, body, view }: Copy, before: CopiedObject | undefined): Promise<void> {
    const described = { ...headers, [VIEW]: view };
    const condition: Record<string, string> = before === undefined ? { 'if-none-match': '*' } : { 'if-match': before.etag };
    const parts = partsOf(body);
    const first = await parts.next();
    const second = first.done === true || first.value.length < PART_SIZE ? undefined : await parts.next();
    if (second === undefined || second.done === true) {
      const whole = first.done === true ? Buffer.alloc(0) : first.value;
      await this.ask({ method: 'PUT', key, headers: { ...described, ...condition, 'x-amz-checksum-sha256': checksumOf(whole) }, body: whole });
      this.bytesWritten += whole.length;
      return;
    }
    const created = await this.ask({ method: 'POST', key, query: { uploads: '' }, headers: { ...described, 'x-amz-checksum-algorithm': 'SHA256' } });
    const uploadId = childText(parseXml(created), 'UploadId')!;
    try {
      const uploaded = [await this.upload(key, uploadId, 1, first.value!), await this.upload(key, uploadId, 2, second.value)];
      for await (const part of parts) {
        uploaded.push(await this.upload(key, uploadId, uploaded.length + 1, part));
      }
      const completed = await this.ask({ method: 'POST', key, query: { uploadId }, headers: condition, body: Buffer.from(completion(uploaded)) });
      if (parseXml(completed).name === 'Error') {
        throw new ViewError(503, 'ServiceUnavailable', 'Amazon S3 could not put the parts of the copy together. Please try again.');
      }
    } catch (error) {
      await this.abort(key, uploadId);
      throw error;
    }
  }

  async remove(key: string, { etag }: CopiedObject): Promise<void> {
    await this.ask({ method: 'DELETE', key, headers: { 'if-match': etag } });
  }

  private async upload(key: string, uploadId: string, partNumber: number, body: Buffer): Promise<Part> {
    const checksum = checksumOf(body);
    const response = await this.checked(await askS3(this.endpoint,
      { method: 'PUT', key, query: { partNumber: String(partNumber), uploadId }, headers: { 'x-amz-checksum-sha256': checksum }, body }, this.signal));
    response.body.resume();
    this.bytesWritten += body.length;
    return { etag: response.headers.etag, checksum };
  }

  /** The lifecycle rule of the bucket ends what cannot be aborted. */
  private async abort(key: string, uploadId: string): Promise<void> {
    const signal = AbortSignal.timeout(5_000);
    await askS3(this.endpoint, { method: 'DELETE', key, query: { uploadId } }, signal).then(({ body }) => body.resume(), () => {});
  }

  private async ask(request: S3Request): Promise<string> {
    const response = await this.checked(await askS3(this.endpoint, request, this.signal));
    return text(response.body);
  }

  private async checked(response: SourceResponse): Promise<SourceResponse> {
    if (response.status < 300) {
      return response;
    }
    const error = await errorOf(response);
    // 404: what was seen is gone.
    throw [404, 409, 412].includes(response.status) ? new ConflictError(error.code) : error;
  }
}

/** Parts of two buffers in turn: what was given before the last one is written over. */
async function* partsOf(body: Readable | Uint8Array): AsyncGenerator<Buffer> {
  let buffer: Buffer = Buffer.allocUnsafeSlow(PART_SIZE);
  let spare: Buffer | undefined;
  let length = 0;
  for await (const chunk of body instanceof Readable ? body : [Buffer.from(body)]) {
    for (let position = 0; position < chunk.length;) {
      const copied = (chunk as Buffer).copy(buffer, length, position);
      position += copied;
      length += copied;
      if (length === PART_SIZE) {
        yield buffer;
        [buffer, spare, length] = [spare ?? Buffer.allocUnsafeSlow(PART_SIZE), buffer, 0];
      }
    }
  }
  if (length > 0) {
    yield buffer.subarray(0, length);
  }
}

function checksumOf(part: Uint8Array): string {
  return createHash('sha256').update(part).digest('base64');
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html */
function completion(parts: Part[]): string {
  return writeXml({
    name: 'CompleteMultipartUpload',
    attributes: '',
    text: '',
    children: parts.map(({ etag, checksum }, index) => ({
      name: 'Part',
      attributes: '',
      text: '',
      children: [leaf('PartNumber', String(index + 1)), leaf('ETag', etag), leaf('ChecksumSHA256', checksum)],
    })),
  });
}
