// A small ring that turns; the words beside it say what is going on.
export function Spinner() {
  return <span className="hr-spin" aria-hidden="true" />;
}
