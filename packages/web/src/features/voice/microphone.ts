// The browser's microphone: asks for it, records with what this browser can, and says plainly why it cannot.
import { MicrophoneError, type MicrophoneTrouble, type OpenRecorder, type Recorder } from "./microphone-port.ts";

/** Opus where it can be had; Safari writes AAC. Bits per second are for speech. */
const FORMATS = [
  { mimeType: "audio/webm;codecs=opus", bits: 32_000 },
  { mimeType: "audio/ogg;codecs=opus", bits: 32_000 },
  { mimeType: "audio/mp4;codecs=mp4a.40.2", bits: 64_000 },
  { mimeType: "audio/mp4", bits: 64_000 },
];

/** What was recorded until then is kept should the recorder break. */
const SLICE_MS = 1_000;
/** Below this, in decibels, is silence. */
const FLOOR_DB = -50;

const TROUBLES: Record<string, MicrophoneTrouble> = {
  NotAllowedError: "blocked",
  SecurityError: "blocked",
  NotFoundError: "none",
  OverconstrainedError: "none",
  NotReadableError: "busy",
  AbortError: "busy",
};

export const formatOf = (isSupported: (mimeType: string) => boolean) =>
  FORMATS.find(({ mimeType }) => isSupported(mimeType));

/** An amplitude between 0 and 1 as ears take it, between 0 and 1. */
export function loudness(amplitude: number): number {
  if (amplitude <= 0) return 0;
  return Math.min(1, Math.max(0, 1 - (20 * Math.log10(amplitude)) / FLOOR_DB));
}

async function askFor(media: MediaDevices): Promise<MediaStream> {
  try {
    return await media.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : "";
    throw new MicrophoneError(TROUBLES[name] ?? "busy");
  }
}

/** Listens along, only to see how loud it is. Where that is not possible, one records without seeing it. */
function createEar(stream: MediaStream): { level: () => number; close: () => unknown } {
  try {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    const samples = new Float32Array(analyser.fftSize);
    context.createMediaStreamSource(stream).connect(analyser);
    void context.resume();
    return {
      level() {
        analyser.getFloatTimeDomainData(samples);
        return loudness(samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0));
      },
      // what was recorded may be thrown away after the microphone is off
      close: () => context.state !== "closed" && void context.close(),
    };
  } catch {
    return { level: () => 0, close: () => {} };
  }
}

function record(stream: MediaStream): Recorder {
  const format = formatOf((mimeType) => MediaRecorder.isTypeSupported(mimeType));
  const recorder = new MediaRecorder(stream, format && { mimeType: format.mimeType, audioBitsPerSecond: format.bits });
  const ear = createEar(stream);
  const slices: Blob[] = [];
  recorder.addEventListener("dataavailable", ({ data }) => slices.push(data));
  const close = () => {
    ear.close();
    for (const track of stream.getTracks()) track.stop();
  };
  recorder.start(SLICE_MS);
  return {
    level: ear.level,
    pause: () => recorder.state === "recording" && recorder.pause(),
    resume: () => recorder.state === "paused" && recorder.resume(),
    async finish() {
      // an unplugged microphone has stopped it already
      if (recorder.state !== "inactive") {
        await new Promise((stopped) => {
          recorder.addEventListener("stop", stopped, { once: true });
          recorder.stop();
        });
      }
      close();
      return new Blob(slices, { type: recorder.mimeType });
    },
    abandon() {
      if (recorder.state !== "inactive") recorder.stop();
      close();
    },
  };
}

export const openMicrophone: OpenRecorder = async (onEnded) => {
  const media = navigator.mediaDevices as MediaDevices | undefined;
  if (!window.isSecureContext) throw new MicrophoneError("insecure");
  if (!media || typeof MediaRecorder === "undefined") throw new MicrophoneError("unsupported");
  const stream = await askFor(media);
  try {
    const recorder = record(stream);
    for (const track of stream.getAudioTracks()) track.addEventListener("ended", onEnded);
    return recorder;
  } catch {
    for (const track of stream.getTracks()) track.stop();
    throw new MicrophoneError("unsupported");
  }
};

/** Whether the browser will ask the person first; where it does not tell, it will. */
export async function willAsk(): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: "microphone" });
    return state === "prompt";
  } catch {
    return true;
  }
}
