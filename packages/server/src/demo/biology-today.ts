// What class 7b wrote within the last hour. The last three lines are what student2 has not read.
import type { Scene } from "./script.ts";

export const biologyToday: Scene = {
  daysAgo: 0,
  lines: [
    { at: 58, by: "teacher1", says: "Last day of measuring. Numbers first, then the question of the day." },
    {
      at: 56,
      by: "student3",
      says: "Cupboard, day 4: 19 of 20, longest 63 mm. The first ones are dying though, they go brown at the top.",
    },
    { at: 55, by: "student1", says: "Window, day 4: 18 of 20 (16 alive, 2 eaten), longest 26 mm" },
    { at: 55, by: "student4", says: "Fridge, day 4: 4 of 20 🎉 Neil has friends" },
    { at: 53, by: "student2", says: "Dry 0 of 15, watered 5 of 5. Günther 11 mm", key: "numbers" },
    {
      at: 49,
      by: "teacher1",
      says: "Question of the day: Zeynep's are more than twice as long as Lena's, and yet hers are dying and Lena's are not. Why? Two sentences, with the word energy in one of them.",
      key: "question",
    },
    { at: 44, by: "student2", says: "because the lunch box is empty", key: "empty" },
    {
      at: 43,
      by: "student1",
      quotes: "empty",
      says: "Yes, and mine make their own lunch now. They take the energy from the light, so they do not need the box any more. Zeynep's have used up all their energy for growing and cannot get new one.",
    },
    {
      at: 40,
      by: "teacher1",
      says: "I could not have said it better. Emre had the idea and Lena the words: write both into your folders. 📗",
    },
    {
      at: 37,
      by: "student3",
      says: "Can I put mine at the window now and see if they turn green? Or is it too late for them? Some of them still have yellow leaves that are not brown, so I thought they might still be able to make it.",
      key: "rescue",
    },
    {
      at: 35,
      by: "teacher1",
      quotes: "rescue",
      says: "Please do, and tell us on the first lesson next week. Half of them, so that we can compare.",
    },
    { at: 34, by: "student4", says: "and Neil?" },
    { at: 33, by: "teacher1", says: "Neil may come out of the fridge. He has done enough for science." },
    { at: 31, by: "student4", says: "🥹" },
    { at: 26, by: "student2", says: "my table is ready, is mm or cm better for the curve", key: "units" },
    { at: 24, by: "student1", quotes: "units", says: "mm, otherwise all of yours are on the same line 😄" },
    { at: 22, reads: "student2" },
    {
      at: 14,
      by: "student3",
      says: "The table for everybody hangs next to the door. There are two empty squares for Jonas, day 3 and 4.",
    },
    {
      at: 9,
      by: "teacher1",
      says: "Thank you, Zeynep! @student1, will you bring the coloured pencils? We draw the curves in the next lesson, one colour for each place.",
      key: "pencils",
    },
    { at: 5, by: "student1", quotes: "pencils", says: "Of course, I have 24 of them. Green is for the window!" },
    { at: 4, reads: "student1" },
    { at: 4, reads: "student3" },
    { at: 3, reads: "teacher1" },
  ],
};
