// Logs as somebody's socket opens them, from the rows that the database answers.
import type { OpenLog } from "./call.ts";
import { type LogRef, logRef } from "./ports.ts";

/** A log and one of its people, with how far they have read; null for not at all. */
export interface OpenLogRow {
  user_id: number;
  id: number;
  epoch: string;
  head: number;
  read: number | null;
}

export const toOpenLog = (kind: LogRef["kind"], { id, epoch, head, read }: OpenLogRow): OpenLog => ({
  ...logRef(kind, id),
  epoch,
  head,
  read: read ?? 0,
});

/** Of rows of many people those of each of these, by the logs' ids. */
export const openLogsOf = (
  kind: LogRef["kind"],
  userIds: readonly number[],
  rows: readonly OpenLogRow[],
): OpenLog[][] => {
  const byPerson = Map.groupBy(rows, ({ user_id }) => user_id);
  const logsOf = (id: number) => (byPerson.get(id) ?? []).map((row) => toOpenLog(kind, row));
  return userIds.map((id) => logsOf(id).toSorted((a, b) => a.id - b.id));
};
