import { describe, expect, it } from "vitest";
import { boxOf, sourcesOf } from "./picture-box.ts";

describe("the place of a picture", () => {
  it("is its own size, at most 452 by 320, and never too small to press", () => {
    expect(boxOf({ width: 300, height: 200 })).toEqual({ width: 300, height: 200 });
    expect(boxOf({ width: 4520, height: 1600 })).toEqual({ width: 452, height: 160 });
    expect(boxOf({ width: 1000, height: 3200 })).toEqual({ width: 100, height: 320 });
    expect(boxOf({ width: 1, height: 5000 })).toEqual({ width: 88, height: 320 });
    expect(boxOf({ width: null, height: null })).toEqual({ width: 320, height: 240 });
  });

  it("offers the files there are by their true widths", () => {
    const picture = { url: "/f/", thumb_url: "/f/thumb/", width: 2000, height: 3000 };
    expect(sourcesOf(picture).srcSet).toBe("/f/thumb/ 227w, /f/thumb/?size=large 640w");
    expect(sourcesOf({ ...picture, width: 100, height: 80 })).toEqual({ src: "/f/thumb/" });
    expect(sourcesOf({ ...picture, thumb_url: null })).toEqual({ src: "/f/" });
  });
});
