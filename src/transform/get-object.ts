import { Slice, wantedOf } from './byte-range';
import { Description, describe, open } from './description';
import { Exchange, answerOf, discard, storedAgain } from './exchange';
import { Pass } from './pass';
import { Replay, firstBytes } from './replay';
import { sized } from './sized';
import { SliceKeeper } from './slice-keeper';
import { SourceResponse, ViewResponse } from './view';

/** Answers with a transformed object, or with a slice of it. */
export async function getObject(exchange: Exchange): Promise<ViewResponse> {
  const wanted = wantedOf(exchange.request);
  const stored = await answerOf(exchange.source.get(), exchange.deadline);
  let pass: Pass | undefined;
  try {
    const description = describe(exchange, stored, wanted);
    if (description.object === undefined) {
      discard(stored);
      return await answer(description, 0, () => Buffer.alloc(0));
    }
    pass = new Pass(stored, description.object, exchange.deadline);
    return await (description.wanted === undefined ? whole(exchange, pass, description) : part(exchange, stored, pass, description));
  } catch (error) {
    pass?.close();
    discard(stored);
    throw error;
  }
}

async function whole({ holdBack }: Exchange, pass: Pass, description: Description): Promise<ViewResponse> {
  const first = await firstBytes(pass.chunks, holdBack);
  if (!first.isWhole) {
    return { status: 200, headers: description.headers, body: new Replay(first, pass.stream) };
  }
  const body = Buffer.concat(first.chunks);
  return answer(description, body.length, () => body);
}

/** The length of the whole is told with a slice: the object is transformed to its end, and once more if the slice was too large to be kept. */
async function part(exchange: Exchange, stored: SourceResponse, pass: Pass, description: Description): Promise<ViewResponse> {
  const keeper = new SliceKeeper(description.wanted!.range, exchange.holdBack);
  await pass.measure(keeper);
  return answer(description, keeper.bytes, slice => keeper.slice(slice) ?? readAgain(exchange, stored, slice));
}

async function answer(description: Description, total: number, bodyOf: (slice: Slice) => ViewResponse['body'] | Promise<ViewResponse['body']>): Promise<ViewResponse> {
  const { status, headers, slice } = sized(description, total);
  return { status, headers, body: await bodyOf(slice) };
}

/** Waits for the first bytes of the slice, so that a source that fails before is an error with a status. */
async function readAgain(exchange: Exchange, stored: SourceResponse, slice: Slice): Promise<Replay> {
  const again = await storedAgain(exchange, stored);
  let pass: Pass | undefined;
  try {
    pass = new Pass(again, open(exchange, again), exchange.deadline);
    return new Replay(await firstBytes(pass.slice(slice), 0), pass.stream);
  } catch (error) {
    pass?.close();
    discard(again);
    throw error;
  }
}
