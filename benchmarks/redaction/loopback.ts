import { once } from 'events';
import { createServer, IncomingMessage, request, RequestOptions, Server } from 'http';
import { AddressInfo } from 'net';
import { Duplex, Readable } from 'stream';
import { pipeline } from 'stream/promises';

const HOST = '127.0.0.1';

/**
 * Reads `size` bytes from one server of this process and writes to another, as an S3 GET and PUT would, through `transform` if there
 * is one.
 */
export async function loopback(chunks: Iterable<Buffer>, size: number, transform?: Duplex): Promise<void> {
  const source = await listen(createServer((_, response) => {
    response.setHeader('content-length', size);
    void pipeline(Readable.from(chunks, { objectMode: false }), response);
  }));
  const sink = await listen(createServer((incoming, response) => {
    incoming.resume().on('end', () => response.end());
  }));
  const got = await answer(request(to(source)).end());
  // How long a redaction gets is known at its end only.
  const put = request({ ...to(sink), method: 'PUT', headers: transform === undefined ? { 'content-length': size } : {} });
  const stored = answer(put);
  await (transform === undefined ? pipeline(got, put) : pipeline(got, transform, put));
  (await stored).resume();
  for (const server of [source, sink]) {
    server.closeAllConnections();
    server.close();
  }
}

async function listen(server: Server): Promise<Server> {
  await once(server.listen(0, HOST), 'listening');
  return server;
}

function to(server: Server): RequestOptions {
  return { host: HOST, port: (server.address() as AddressInfo).port };
}

async function answer(sent: ReturnType<typeof request>): Promise<IncomingMessage> {
  const [response] = await once(sent, 'response');
  return response;
}
