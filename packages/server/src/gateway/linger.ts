// An answer that comes before the end of a request: the rest is read and thrown away for a while before the line is
// closed. A line that is closed over unread bytes is reset, and on some systems the answer is lost with it.
import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";

/** For so long, and for so many bytes, whoever was refused may go on sending. */
const LINGER_MS = 10_000;
const MOST_BYTES = 32 * 1024 * 1024;
const LOOK_MS = 250;

/** For every connection of the server. Whoever destroys a line outright still does. */
export const lingerOn = (server: Server): void => {
  server.on("request", (incoming: IncomingMessage) => {
    const { socket } = incoming;
    // This is how everybody ends a line politely: what was written goes out, then it is closed for both sides.
    socket.destroySoon = () => {
      if (incoming.complete || incoming.aborted || socket.destroyed) close(socket);
      else linger(socket, incoming);
    };
  });
};

const close = (socket: Socket): void => {
  if (socket.writable) socket.end();
  if (socket.writableFinished) socket.destroy();
  else socket.once("finish", () => socket.destroy());
};

const linger = (socket: Socket, incoming: IncomingMessage): void => {
  if (socket.writableEnded) return;
  const until = performance.now() + LINGER_MS;
  const most = socket.bytesRead + MOST_BYTES;
  const look = setInterval(() => {
    if (incoming.complete || performance.now() > until || socket.bytesRead > most) socket.destroy();
  }, LOOK_MS);
  look.unref();
  socket.once("close", () => clearInterval(look));
  incoming.resume();
  socket.end();
};
