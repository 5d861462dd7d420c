import { wantedOf } from './byte-range';
import { Description, describe, open } from './description';
import { Exchange, answerOf, discard, storedAgain } from './exchange';
import { Pass } from './pass';
import { sized } from './sized';
import { SliceKeeper } from './slice-keeper';
import { SourceResponse, ViewResponse } from './view';
import { ViewError } from './view-error';

const NOTHING = { first: 0, last: -1 };

/**
 * Answers as GET does, without the bytes: the object is transformed to tell its length, and whether it can be. Large objects have no length, and
 * neither have those that cannot be read, unless their source can measure them.
 *
 * @param measureUpTo in bytes, of the stored object
 */
export async function headObject(exchange: Exchange, measureUpTo: number): Promise<ViewResponse> {
  const { request, source, deadline } = exchange;
  const wanted = wantedOf(request);
  const stored = await answerOf(source.head(), deadline);
  discard(stored);
  const description = describe(exchange, stored, wanted);
  description.object?.stream.destroy();
  const total = description.object === undefined ? 0 : await unlessArchived(lengthOf(exchange, stored, description, measureUpTo));
  if (total !== undefined) {
    const { status, headers } = sized(description, total);
    return { status, headers };
  }
  if (description.wanted?.part !== undefined) {
    throw new ViewError(501, 'NotImplemented', 'The parts of this object are counted with GET only.');
  }
  return { status: 200, headers: description.headers };
}

/** Of the transformed object; undefined if it is not told. */
async function lengthOf(exchange: Exchange, stored: SourceResponse, { headers }: Description, measureUpTo: number): Promise<number | undefined> {
  const { source, deadline } = exchange;
  if (source.isHeadOnly === true) {
    return source.measure === undefined ? undefined : deadline.within(source.measure(headers), () => {});
  }
  return Number(stored.headers['content-length'] ?? Infinity) <= measureUpTo ? measured(exchange, stored) : undefined;
}

async function measured(exchange: Exchange, stored: SourceResponse): Promise<number> {
  const again = await storedAgain(exchange, stored);
  let pass: Pass | undefined;
  try {
    pass = new Pass(again, open(exchange, again), exchange.deadline);
    const keeper = new SliceKeeper(NOTHING, 0);
    await pass.measure(keeper);
    return keeper.bytes;
  } finally {
    pass?.close();
    discard(again);
  }
}

/** Of archived objects, HEAD tells what GET does not. */
async function unlessArchived(length: Promise<number | undefined>): Promise<number | undefined> {
  try {
    return await length;
  } catch (error) {
    if (error instanceof ViewError && error.code === 'InvalidObjectState') {
      return undefined;
    }
    throw error;
  }
}
