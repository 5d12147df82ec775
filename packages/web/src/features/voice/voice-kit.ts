// Everything that recording needs, in one file to fetch when somebody first reaches for the microphone.
export { openMicrophone, willAsk } from "./microphone.ts";
export { createRecording, type Recording, type RecordingState, type Take } from "./recording.ts";
export { hush, release } from "./speaker.ts";
export { troubleText } from "./trouble.ts";
export { VoiceExplained, VoiceRecorder } from "./voice-recorder.tsx";
