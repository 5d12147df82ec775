// No chat at all: writes frames made beforehand to whoever comes, as fast as they are taken. What the load process
// counts here is the most that it can count.
import { createServer, type Socket } from "node:net";
import { sayReady } from "./room.ts";

const [FRAMES = 50, SOCKETS = 1] = process.argv.slice(2).map(Number);
const text = JSON.stringify({
  type: "chat_message",
  message: { content: `@T${"0".repeat(16)}`, fill: "x".repeat(400) },
});
const head = Buffer.from([0x81, 126, text.length >> 8, text.length & 255]);
const frames = Buffer.concat(Array.from({ length: FRAMES }, () => [head, Buffer.from(text)]).flat());

const pour = (socket: Socket): void => {
  if (socket.destroyed) return;
  // One write a turn, so that each is read by itself.
  if (socket.write(frames)) setImmediate(pour, socket);
  else socket.once("drain", () => setImmediate(pour, socket));
};

const sockets: Socket[] = [];

const server = createServer({ noDelay: true }, (socket) => {
  socket.on("error", () => undefined);
  socket.once("data", () => {
    socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
    sockets.push(socket);
    // Not before all are there: those who come would wait behind what is poured.
    if (sockets.length === SOCKETS) for (const one of sockets) pour(one);
  });
});
server.listen(0, "127.0.0.1", 4_096, () => sayReady(server.address()));
