// A yardstick: one room on plain `ws`, as one writes it in an afternoon. In memory, nothing stored, nobody checked.
import { createServer } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { messageOf, sayReady, userOf } from "./room.ts";

const server = createServer();
const wss = new WebSocketServer({ server, perMessageDeflate: false });
const room = new Set<WebSocket>();

wss.on("connection", (socket, request) => {
  const user = userOf(request.url ?? "");
  room.add(socket);
  socket.on("close", () => room.delete(socket));
  socket.on("error", () => undefined);
  socket.on("message", (data: Buffer) => {
    const message = messageOf(JSON.parse(data.toString()) as Parameters<typeof messageOf>[0], user);
    const text = JSON.stringify({ type: "chat_message", room: 1, seq: message.seq, message });
    for (const member of room) member.send(text);
    socket.send(JSON.stringify({ type: "ack", client_id: message.client_id, id: message.id, seq: message.seq }));
  });
});
server.listen(0, "127.0.0.1", 4_096, () => sayReady(server.address()));
