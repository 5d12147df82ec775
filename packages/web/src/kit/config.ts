// Where the server is. Both addresses default to the page's own origin; a wrong one is a sentence for the page.

export interface Endpoints {
  /** Begins every API path; "" for the page's own origin. */
  api: string;
  /** Begins every socket path, with ws: or wss:. */
  ws: string;
  /** Cookies never cross origins: then the session lives in memory alone. */
  crossOrigin: boolean;
}

export interface EndpointSettings {
  VITE_API_BASE_URL?: string;
  VITE_WS_BASE_URL?: string;
}

const parse = (name: string, value: string, schemes: string[]): URL => {
  let url: URL | undefined;
  try {
    url = new URL(value);
  } catch {
    // Told below, in one sentence for both cases.
  }
  if (!url || !schemes.includes(url.protocol)) {
    const allowed = schemes.map((s) => `${s}//`).join(" or ");
    throw new Error(`${name} is “${value}”. It must be an address that begins with ${allowed}, or be left out.`);
  }
  return url;
};

const withoutSlash = (url: URL) => url.href.replace(/\/+$/, "");

/** @throws Error with a sentence that names the wrong setting and what is allowed. */
export function readEndpoints(settings: EndpointSettings, origin: string): Endpoints {
  const own = new URL(origin);
  const apiBase = settings.VITE_API_BASE_URL?.trim();
  const wsBase = settings.VITE_WS_BASE_URL?.trim();
  const api = apiBase ? parse("VITE_API_BASE_URL", apiBase, ["http:", "https:"]) : own;
  const wsDefault = withoutSlash(api).replace(/^http/, "ws");
  const ws = wsBase ? withoutSlash(parse("VITE_WS_BASE_URL", wsBase, ["ws:", "wss:"])) : wsDefault;
  return { api: apiBase ? withoutSlash(api) : "", ws, crossOrigin: api.origin !== own.origin };
}
