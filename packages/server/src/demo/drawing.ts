// Pictures of the demo school: drawn pixel by pixel, and written as PNG, so that the repo holds no pictures.
import { crc32, deflateSync } from "node:zlib";

type Colour = readonly [red: number, green: number, blue: number];

const WIDTH = 1_200;
const HEIGHT = 800;

const BOARD: Colour = [34, 66, 54];
const CHALK: Colour = [236, 238, 230];
const GREEN: Colour = [92, 168, 70];
const YELLOW: Colour = [226, 208, 110];
const BLUE: Colour = [120, 170, 230];
const RED: Colour = [224, 130, 120];

class Canvas {
  readonly #pixels = Buffer.alloc(WIDTH * HEIGHT * 3);
  #chance = 1;

  #noise(): number {
    this.#chance = (this.#chance * 1_103_515_245 + 12_345) & 0x7fffffff;
    return (this.#chance >> 16) / 32_768;
  }

  #set(x: number, y: number, [r, g, b]: Colour, weight = 1): void {
    if (x < 0 || y < 0 || x >= WIDTH || y >= HEIGHT) return;
    const at = (y * WIDTH + x) * 3;
    for (const [i, value] of [r, g, b].entries()) {
      this.#pixels[at + i] = (this.#pixels[at + i] ?? 0) * (1 - weight) + value * weight;
    }
  }

  /** From one colour at the top to another at the bottom, a little uneven like anything real. */
  paint(top: Colour, bottom: Colour): void {
    for (let y = 0; y < HEIGHT; y++) {
      const part = y / HEIGHT;
      for (let x = 0; x < WIDTH; x++) {
        const shade = 0.96 + this.#noise() * 0.08;
        const mixed = top.map((value, i) => Math.min(255, (value + ((bottom[i] ?? 0) - value) * part) * shade));
        this.#set(x, y, mixed as unknown as Colour);
      }
    }
  }

  dot(x: number, y: number, size: number, colour: Colour, weight = 1): void {
    for (let dy = -size; dy <= size; dy++) {
      for (let dx = -size; dx <= size; dx++) {
        if (dx * dx + dy * dy <= size * size) this.#set(Math.round(x + dx), Math.round(y + dy), colour, weight);
      }
    }
  }

  /** Through all of these, with the crumbs that chalk leaves. */
  line(points: readonly (readonly [x: number, y: number])[], size: number, colour: Colour, crumbs = 0.25): void {
    for (const [i, [x, y]] of points.entries()) {
      const [toX, toY] = points[i + 1] ?? [x, y];
      const steps = Math.ceil(Math.hypot(toX - x, toY - y) / 2) + 1;
      for (let step = 0; step < steps; step++) {
        const part = step / steps;
        if (this.#noise() > crumbs) this.dot(x + (toX - x) * part, y + (toY - y) * part, size, colour, 0.85);
      }
    }
  }

  png(): Buffer {
    const rows = Buffer.alloc((WIDTH * 3 + 1) * HEIGHT);
    for (let y = 0; y < HEIGHT; y++)
      this.#pixels.copy(rows, y * (WIDTH * 3 + 1) + 1, y * WIDTH * 3, (y + 1) * WIDTH * 3);
    const header = Buffer.alloc(13);
    header.writeUInt32BE(WIDTH, 0);
    header.writeUInt32BE(HEIGHT, 4);
    header.set([8, 2], 8);
    const parts = [
      chunk("IHDR", header),
      chunk("IDAT", deflateSync(rows, { level: 1 })),
      chunk("IEND", Buffer.alloc(0)),
    ];
    return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...parts]);
  }
}

const chunk = (kind: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
};

/** Days across, millimetres up: the curves of the four places, with chalk. */
export const blackboard = (): Buffer => {
  const canvas = new Canvas();
  canvas.paint(BOARD, [26, 52, 44]);
  const x = (day: number) => 140 + day * 240;
  const y = (mm: number) => 690 - mm * 9;
  canvas.line(
    [
      [140, 80],
      [140, 690],
      [1_140, 690],
    ],
    4,
    CHALK,
  );
  for (let day = 1; day <= 4; day++)
    canvas.line(
      [
        [x(day), 680],
        [x(day), 700],
      ],
      3,
      CHALK,
    );
  for (let mm = 10; mm <= 60; mm += 10)
    canvas.line(
      [
        [130, y(mm)],
        [150, y(mm)],
      ],
      3,
      CHALK,
    );
  for (const [colour, lengths] of [
    [YELLOW, [0, 3, 14, 41, 63]],
    [GREEN, [0, 2, 8, 17, 26]],
    [BLUE, [0, 0, 1, 2, 3]],
    [RED, [0, 0, 0, 4, 11]],
  ] as const) {
    const points = lengths.map((mm, day) => [x(day), y(mm)] as const);
    canvas.line(points, 4, colour);
    for (const [px, py] of points) canvas.dot(px, py, 9, colour);
  }
  return canvas.png();
};

const cress = (top: Colour, bottom: Colour, leaf: Colour, stem: Colour, height: number, lean: number): Buffer => {
  const canvas = new Canvas();
  canvas.paint(top, bottom);
  for (let y = 640; y < 720; y += 8)
    canvas.line(
      [
        [140, y],
        [1_060, y],
      ],
      9,
      [232, 232, 226],
      0.05,
    );
  for (let plant = 0; plant < 20; plant++) {
    const foot = 190 + plant * 43;
    const tall = height * (0.7 + ((plant * 37) % 10) / 25);
    const bow = Array.from({ length: 9 }, (_, i) => [foot + lean * (i / 8) ** 2, 650 - tall * (i / 8)] as const);
    canvas.line(bow, 4, stem, 0);
    const [x, y] = bow.at(-1) ?? [0, 0];
    for (const side of [-1, 1]) canvas.dot(x + side * 15, y - 4, 13, leaf);
  }
  return canvas.png();
};

export const cressAtTheWindow = (): Buffer => cress([206, 226, 240], [238, 232, 210], [58, 132, 52], GREEN, 170, 90);
export const cressInTheCupboard = (): Buffer => cress([46, 38, 34], [84, 66, 50], YELLOW, [240, 236, 208], 420, -40);
