// The process behind startS3: node s3-process.ts <folder> <bucket> [port]. Tells its parent its port.
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";

/** The package is plain JavaScript without types. */
type FakeClass = new (options: {
  address: string;
  port: number;
  silent: boolean;
  directory: string;
  configureBuckets: { name: string }[];
}) => { run(): Promise<AddressInfo> };

const S3rver = createRequire(import.meta.url)("@20minutes/s3rver") as FakeClass;
const [directory = "", name = "", port = "0"] = process.argv.slice(2);
const server = new S3rver({
  address: "127.0.0.1",
  port: Number(port),
  silent: true,
  directory,
  configureBuckets: [{ name }],
});
process.send?.((await server.run()).port);
// Never left behind by a parent that was killed.
process.once("disconnect", () => process.exit());
