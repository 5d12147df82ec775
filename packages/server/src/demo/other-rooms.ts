// What was written in the demo school beside biology: maths for the keen, the staff room, one private chat.
import type { Scene } from "./script.ts";

export const maths: readonly Scene[] = [
  {
    daysAgo: 3,
    lines: [
      {
        at: "15:02",
        by: "teacher1",
        says: "Welcome to the olympiad group! Every week one problem. No calculators, no internet, and a wrong idea that is explained well counts more than a bare answer.",
      },
      {
        at: "15:04",
        by: "teacher1",
        says: "Problem 1: in a box are 10 red, 8 blue and 6 green socks. It is dark. How many must you take out to be sure of three of the same colour?",
        key: "socks",
      },
      {
        at: "16:40",
        by: "student1",
        quotes: "socks",
        says: "7! At worst I have two of each, that is six, and the next one makes three of something.",
        key: "seven",
      },
      {
        at: "16:58",
        by: "teacher1",
        quotes: "seven",
        says: "Correct, and proved in one line. Now the same with ten of the same colour: careful, green will not get there.",
      },
    ],
  },
  {
    daysAgo: 1,
    lines: [
      {
        at: "14:20",
        by: "student1",
        says: "Then 6 green, 8 blue and 9 red is the worst case, so 24? But that is all of them!",
        key: "all",
      },
      {
        at: "14:22",
        edits: "all",
        to: "Then 6 green, 8 blue and 9 red is the worst case, and number 24 must be red. So 24, all of them!",
      },
      {
        at: "14:45",
        by: "teacher1",
        quotes: "all",
        says: "Yes 🧦 All of them. I hoped that somebody would dare to say it.",
      },
      { at: "14:50", reads: "student1" },
      { at: "14:51", reads: "teacher1" },
    ],
  },
];

export const staff: readonly Scene[] = [
  {
    daysAgo: 2,
    lines: [
      { at: "12:10", by: "teacher2", says: "The projector in 204 works again. The cable was the cable." },
      { at: "12:14", by: "teacher1", says: "Thank you, Murat! I had already planned a lesson with chalk." },
      { at: "12:15", by: "teacher2", says: "Chalk never needs an update 😉" },
    ],
  },
  {
    daysAgo: 1,
    lines: [
      {
        at: "10:02",
        by: "teacher2",
        says: "Can somebody take my break duty in the yard on the day of the excursion?",
        key: "duty",
      },
      { at: "10:40", by: "teacher1", quotes: "duty", says: "I can, if you lend me the good microscope for 7b." },
      { at: "10:41", by: "teacher2", says: "Deal. It stands in the cupboard on the left, second shelf." },
      { at: "10:50", reads: "teacher1" },
      { at: "10:50", reads: "teacher2" },
    ],
  },
];

/** Opened by student1 from a message of teacher1, right before the first line. */
export const privateTalk: Scene = {
  daysAgo: 1,
  lines: [
    {
      at: "19:02",
      by: "student1",
      says: "Good evening Dr. Seidel, may I hand in the drawing one day later? I am at my father's and the plates are at my mother's.",
      key: "later",
    },
    {
      at: "19:20",
      by: "teacher1",
      quotes: "later",
      says: "Of course, Lena. Thank you for asking before and not after.",
      key: "yes",
    },
    { at: "19:21", by: "student1", reacts: "yes", with: "🙏" },
    { at: "19:22", by: "student1", quotes: "yes", says: "Thank you!! 😊 Is half a page enough?", key: "half" },
    { at: "19:25", by: "teacher1", quotes: "half", says: "Half a page is plenty if one can see the root hairs." },
    { at: "19:26", by: "student1", says: "They will be there." },
    { at: "19:30", reads: "student1" },
    { at: "19:31", reads: "teacher1" },
  ],
};
