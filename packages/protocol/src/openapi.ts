// The OpenAPI 3.1 document, made from the operations. Apart from the register, so that only who asks for it pays for it.
import { OpenAPIRegistry, OpenApiGeneratorV31, type RouteConfig } from "@asteasolutions/zod-to-openapi";
import { z } from "zod";
import { ERRORS, operations } from "./index.ts";
import { answersWithFile, FILE, type Operation } from "./kit/operation.ts";

const ErrorBody = z
  .object({
    detail: z.string(),
    code: z.string(),
    fields: z.record(z.string(), z.array(z.string())).optional(),
    limit: z.number().optional(),
    retry_after_ms: z.number().optional(),
  })
  .meta({ id: "Error" });

const json = (schema: z.ZodType) => ({ content: { "application/json": { schema } } });
const binary = z.string().meta({ type: "string", format: "binary" });
const bytes = { content: { "*/*": { schema: binary } } };

const bodyOf = ({ body, file }: Operation): RouteConfig["request"] => {
  if (!body) return {};
  if (!file) return { body: { ...json(body), required: !body.safeParse(undefined).success } };
  const form = (body as z.ZodObject).extend({ [file]: binary });
  return { body: { content: { "multipart/form-data": { schema: form } }, required: true } };
};

const securityOf = (declared: Operation): RouteConfig["security"] => {
  if (declared.authz === "anyone") return [];
  return answersWithFile(declared) ? [{ bearer: [] }, { files: [] }] : [{ bearer: [] }];
};

const errorResponses = (declared: Operation): RouteConfig["responses"] => {
  const keys = [
    ...(declared.errors ?? []),
    ...(declared.authz === "anyone" ? [] : (["not_authenticated", "forbidden"] as const)),
    ...(declared.params ? (["not_found"] as const) : []),
    ...(declared.body || declared.query ? (["bad_request"] as const) : []),
    "rate_limited" as const,
  ];
  const byStatus = Map.groupBy(keys, (key) => ERRORS[key][0]);
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [status, { description: group.join(", "), ...json(ErrorBody) }]),
  );
};

const routeOf = (id: string, declared: Operation): RouteConfig => ({
  method: declared.method,
  path: declared.path,
  operationId: id,
  summary: declared.summary,
  "x-authz": declared.authz,
  security: securityOf(declared),
  request: {
    ...(declared.params && { params: declared.params as z.ZodObject }),
    ...(declared.query && { query: declared.query as z.ZodObject }),
    ...bodyOf(declared),
    ...(declared.idempotent && { headers: z.object({ "Idempotency-Key": z.string().optional() }) }),
  },
  responses: {
    ...errorResponses(declared),
    ...(answersWithFile(declared) && {
      206: { description: "The part that was asked for", ...bytes },
      304: { description: "It has not changed" },
    }),
    ...Object.fromEntries(
      Object.entries(declared.responses).map(([status, schema]) => [
        status,
        { description: declared.summary, ...(schema === FILE ? bytes : schema && json(schema)) },
      ]),
    ),
  },
});

export const openApiDocument = (): object => {
  const registry = new OpenAPIRegistry();
  registry.registerComponent("securitySchemes", "bearer", { type: "http", scheme: "bearer", bearerFormat: "JWT" });
  registry.registerComponent("securitySchemes", "files", { type: "apiKey", in: "cookie", name: "homeroom_files" });
  for (const [id, declared] of Object.entries(operations)) registry.registerPath(routeOf(id, declared));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: "3.1.0",
    info: { title: "Homeroom", version: "1", description: "Real-time chat for classrooms." },
  });
};
