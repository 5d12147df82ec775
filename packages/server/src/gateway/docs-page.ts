// The API for people: the OpenAPI document as one plain page, without a script and with a style sheet of our own.
import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

interface OperationObject {
  operationId: string;
  summary: string;
  "x-authz": string;
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
}
type OpenApi = {
  info: { title: string; version: string; description: string };
  paths: Record<string, Record<string, OperationObject>>;
  components: { schemas: Record<string, object> };
};
type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

interface Listed extends OperationObject {
  method: string;
  path: string;
}

export const DOCS_STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
article { border-top: 1px solid; padding: 0.5rem 0; }
h3 { margin: 0.5rem 0 0; font-size: 1rem; }
pre { overflow-x: auto; }
dt { font-weight: 600; }
`;

const listed = ({ paths }: OpenApi): Listed[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );

/** What a path is about: its first word behind /api/ or /api/chat/. */
const topicOf = ({ path }: Listed): string => /^\/api\/(?:chat\/)?([\w-]+)/.exec(path)?.[1] ?? "server";

const schemaOf = (title: string, schema: object | undefined): Html =>
  schema
    ? html`<details>
        <summary>${title}</summary>
        <pre>${JSON.stringify(schema, null, 2)}</pre>
      </details>`
    : html``;

const answers = ({ responses }: Listed): Html[] =>
  Object.entries(responses).map(
    // Errors are described by their codes, successes by what the operation does.
    ([status, { description }]) => html`<dt>${status}</dt>
      <dd>${Number(status) < 400 ? "done" : description}</dd>`,
  );

const section = (one: Listed): Html => {
  const success = Object.entries(one.responses).find(([status]) => Number(status) < 400)?.[1];
  return html`<article id="${one.operationId}">
    <h3><code>${one.method} ${one.path}</code></h3>
    <p>${one.summary}. <em>For: ${one["x-authz"].replaceAll("_", " ")}.</em></p>
    ${schemaOf("Body", one.requestBody?.content["application/json"]?.schema)}
    ${schemaOf("Answer", success?.content?.["application/json"]?.schema)}
    <dl>${answers(one)}</dl>
  </article>`;
};

/** `style` is the address of `DOCS_STYLE`: the page's policy allows none inside it. */
export const docsPage = async (document: object, style: string): Promise<string> => {
  const api = document as OpenApi;
  const topics = Map.groupBy(listed(api), topicOf);
  const page = html`${raw("<!doctype html>")}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${api.info.title} API</title>
        <link rel="icon" href="/favicon.svg" />
        <link rel="stylesheet" href="${style}" />
      </head>
      <body>
        <h1>${api.info.title} API, version ${api.info.version}</h1>
        <p>${api.info.description} For programs: <a href="/api/schema/">the same as OpenAPI 3.1</a>.</p>
        <nav aria-label="Topics">
          ${[...topics.keys()].map((topic) => html`<a href="#topic-${topic}">${topic}</a> `)}
          <a href="#objects">objects</a>
        </nav>
        ${[...topics].map(([topic, some]) => html`<h2 id="topic-${topic}">${topic}</h2>${some.map(section)}`)}
        <h2 id="objects">objects</h2>
        ${Object.entries(api.components.schemas).map(([name, schema]) => schemaOf(name, schema))}
      </body>
    </html>`;
  return String(await page);
};
