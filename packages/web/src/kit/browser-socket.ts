// The browser's own WebSocket, as the connection wants it: silent once it was told to close.
import type { SocketLike, SocketListener } from "./connection.ts";

export function openBrowserSocket(url: string, listener: SocketListener): SocketLike {
  const socket = new WebSocket(url);
  const listening = new AbortController();
  const { signal } = listening;
  socket.addEventListener("open", () => listener.opened(), { signal });
  socket.addEventListener("message", ({ data }) => listener.text(String(data)), { signal });
  socket.addEventListener("close", ({ code, reason }) => listener.closed(code, reason), { signal });
  return {
    send: (text) => socket.send(text),
    close() {
      listening.abort();
      socket.close();
    },
  };
}
