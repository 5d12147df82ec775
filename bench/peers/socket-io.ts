// A yardstick: one room on Socket.IO 4, with its rooms and acknowledgements. In memory, nothing stored, nobody checked.
import { createServer } from "node:http";
import { Server } from "socket.io";
import { messageOf, sayReady, userOf } from "./room.ts";

const server = createServer();
const io = new Server(server, { transports: ["websocket"], serveClient: false });

io.on("connection", (socket) => {
  const user = userOf(socket.request.url ?? "");
  void socket.join("room");
  socket.on("chat_message", (told: Parameters<typeof messageOf>[0], acknowledge: (answer: object) => void) => {
    const message = messageOf(told, user);
    io.to("room").emit("chat_message", { room: 1, seq: message.seq, message });
    acknowledge({ client_id: message.client_id, id: message.id, seq: message.seq });
  });
});
server.listen(0, "127.0.0.1", 4_096, () => sayReady(server.address()));
