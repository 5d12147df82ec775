// Where the server is: the page's own origin, or what the build was told; a wrong address is a sentence.
import { describe, expect, it } from "vitest";
import { readEndpoints } from "./config.ts";

const ORIGIN = "https://chat.school.example";

describe("the server's address", () => {
  it("is the page's own origin when nothing is said", () => {
    expect(readEndpoints({}, ORIGIN)).toEqual({ api: "", ws: "wss://chat.school.example", crossOrigin: false });
  });

  it("is what the build was told, and the socket follows", () => {
    const told = { VITE_API_BASE_URL: "http://127.0.0.1:9000/" };
    expect(readEndpoints(told, ORIGIN)).toEqual({
      api: "http://127.0.0.1:9000",
      ws: "ws://127.0.0.1:9000",
      crossOrigin: true,
    });
  });

  it("names the setting and what is allowed when it is wrong", () => {
    expect(() => readEndpoints({ VITE_API_BASE_URL: "chat.school" }, ORIGIN)).toThrow(
      "VITE_API_BASE_URL is “chat.school”. It must be an address that begins with http:// or https://, or be left out.",
    );
    expect(() => readEndpoints({ VITE_WS_BASE_URL: "https://x" }, ORIGIN)).toThrow(/VITE_WS_BASE_URL.*ws:\/\//);
  });
});
