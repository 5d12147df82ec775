// What the server and its pictures process say to each other.
import type { ErrorBody, ErrorKey } from "@homeroom/protocol";
import type { MadePicture } from "../kit/ports.ts";

export type PictureTask =
  | { readonly do: "probe"; readonly path: string }
  | { readonly do: "make"; readonly path: string; readonly folder: string };

export interface Probed {
  readonly mime: string;
  readonly width: number;
  readonly height: number;
}

export interface PictureQuestion {
  readonly id: number;
  readonly task: PictureTask;
}

/** `rss`: the bytes that the process holds now. */
export type PictureAnswer = { readonly id: number; readonly rss?: number } & (
  | { readonly value: Probed | MadePicture }
  | { readonly refusal: ErrorKey; readonly extra: Partial<ErrorBody> }
  | { readonly error: string }
);
