// Voice messages that are something else besides, and some that lie about their length.
import { be16, be32, harmless, hex, hostile, type HostileFile, join, le32, noise, raw, refused } from "./bytes.ts";
import { riff } from "./pictures.ts";

const page = `<html><body><script>window.__pwned=1;alert(1)</script><img src="https://evil.example/p.gif"></body></html>`;

/** What a voice message looks like at its beginning; a player finds nothing in it. */
const webm = join(
  hex("1a45dfa3 9f 4286 81 01 42f7 81 01 42f2 81 04 42f3 81 08 4282 84"),
  raw("webm"),
  hex("4287 81 04 4285 81 02"),
);
const ogg = join(
  raw("OggS\0\x02"),
  hex("0000000000000000 01000000 00000000 00000000 01 13"),
  raw("OpusHead\x01\x01\x38\x01\x80\xbb\0\0\0\0\0"),
);
const mp3 = join(raw("ID3\x04\0\0\0\0\0\x7f"), noise(127), hex("fffb9064"), noise(500));
const wav = riff(
  "WAVE",
  raw("fmt \x10\0\0\0\x01\0\x01\0\x80\xbb\0\0\0\x77\x01\0\x02\0\x10\0"),
  raw("data\x04\0\0\0\0\0\0\0"),
);
const m4a = join(be32(28), raw("ftypM4A "), be32(512), raw("M4A isommp42"), be32(8), raw("mdat"));

export const voices: readonly HostileFile[] = [
  hostile(
    "a voice message and a page (WebM)",
    ["a.html", "text/html"],
    join(webm, page),
    harmless("audio/webm", "video/webm"),
  ),
  hostile("a voice message and a page (Ogg)", ["a.ogg", "audio/ogg"], join(ogg, page), harmless("audio/ogg")),
  hostile("a voice message and a page (MP3)", ["a.mp3", "text/html"], join(mp3, page), harmless("audio/mpeg")),
  hostile("a voice message and a page (WAV)", ["a.wav", "audio/wav"], join(wav, page), harmless("audio/wav")),
  hostile(
    "a voice message and a page (MP4)",
    ["a.m4a", "audio/mp4"],
    join(m4a, page),
    harmless("audio/mp4", "audio/x-m4a"),
  ),
  hostile(
    "a list to be played, as MP3",
    ["a.mp3", "audio/mpeg"],
    "#EXTM3U\nfile:///etc/passwd\n",
    harmless("text/plain"),
  ),
  hostile(
    "a tag of music that tells of 256 MB",
    ["a.mp3", "audio/mpeg"],
    join(raw("ID3\x04\0\0"), hex("7f7f7f7f"), noise(600)),
    harmless("audio/mpeg"),
  ),
  hostile(
    "an element of WebM that tells of 2^56 bytes",
    ["a.webm", "audio/webm"],
    join(hex("1a45dfa3 01ffffffffffffff"), noise(200)),
    harmless("audio/webm", "video/webm"),
  ),
  hostile(
    "boxes of MP4 without a size",
    ["a.m4a", "audio/mp4"],
    join(be32(0), raw("ftypM4A "), raw("\0".repeat(64))),
    harmless("audio/mp4", "audio/x-m4a"),
  ),
  hostile(
    "a box of MP4 that tells of 2^63 bytes",
    ["a.m4a", "audio/mp4"],
    join(be32(1), raw("ftyp"), hex("7fffffffffffffff"), raw("M4A ")),
    harmless("audio/mp4", "audio/x-m4a"),
  ),
  hostile(
    "a wave of a length that is none",
    ["a.wav", "audio/wav"],
    join(raw("RIFF"), le32(0xffffffff), raw("WAVEfmt "), le32(0xffffffff)),
    harmless("audio/wav"),
  ),
  hostile(
    "a stream of Windows Media with objects of no size",
    ["a.wma", "audio/x-ms-wma"],
    join(hex("3026b2758e66cf11a6d900aa0062ce6c"), raw("\0".repeat(400))),
    refused(415),
  ),
  hostile(
    "a page of Ogg with 255 empty segments",
    ["a.ogg", "audio/ogg"],
    join(raw("OggS\0\x02"), raw("\0".repeat(20)), hex("ff"), raw("\0".repeat(255))),
    { refused: [415, 422], blocked: true, served: ["audio/ogg"] },
  ),
  hostile(
    "FLAC, of which nobody said that it may come",
    ["a.ogg", "audio/ogg"],
    join(raw("fLaC\0\0\0\x22"), noise(60)),
    refused(415),
  ),
  hostile("MIDI", ["a.mp3", "audio/mpeg"], join(raw("MThd"), be32(6), be16(1), be16(1), be16(96)), refused(415)),
];
