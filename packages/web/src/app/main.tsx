// Starts the page: where the server is, the client, the first screen.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { type EndpointSettings, readEndpoints } from "../kit/config.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { startPreferences } from "../ui/preferences.ts";
import "../styles/bootstrap.scss";
import "../styles/index.css";
import { boot } from "./actions/session.ts";
import { App } from "./app.tsx";
import { createClient } from "./client.ts";
import { watchEntrance } from "./entrance/entrance.part.ts";
import { ClientContext } from "./store.ts";

const words = { title: "Homeroom is not set up right" };

const root = createRoot(document.getElementById("root") ?? document.body);

function start(): void {
  startPreferences();
  let endpoints: ReturnType<typeof readEndpoints>;
  try {
    endpoints = readEndpoints(import.meta.env as EndpointSettings, location.origin);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    root.render(<EmptyState alert level={1} spot="plug" title={words.title} text={text} />);
    return;
  }
  const client = createClient(endpoints);
  watchEntrance(client);
  root.render(
    <StrictMode>
      <ClientContext value={client}>
        <App />
      </ClientContext>
    </StrictMode>,
  );
  void boot(client);
}

start();
