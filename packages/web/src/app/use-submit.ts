// A form on its way to the server: busy while it runs, and what it came back with when it was refused.
import { useState } from "react";
import type { FormErrors } from "../features/accounts/form-errors.ts";
import { ApiError, tell } from "../kit/failures.ts";
import { complain } from "./core.ts";
import { useClient } from "./store.ts";

export interface Submit {
  busy: boolean;
  errors: FormErrors | undefined;
  /** The refusal's own name, for forms that say it in other words. */
  code: string | null;
  /** True when it went through. */
  run(work: () => Promise<void>): Promise<boolean>;
  reset(): void;
}

const clean = { busy: false, errors: undefined, code: null };

export function useSubmit(): Submit {
  const client = useClient();
  const [state, setState] = useState<Pick<Submit, "busy" | "errors" | "code">>(clean);
  return {
    ...state,
    reset: () => setState(clean),
    async run(work) {
      setState({ ...clean, busy: true });
      try {
        await work();
        setState(clean);
        return true;
      } catch (error) {
        // What is nobody's mistake stands in no field: it is told like any other failure, with a number to report.
        if (error instanceof ApiError && error.status >= 500) {
          complain(client, error);
          setState({ ...clean, code: error.code });
          return false;
        }
        const fields = error instanceof ApiError ? error.fields : {};
        const hasFields = Object.keys(fields).length > 0;
        const { sentence } = tell(error);
        setState({
          busy: false,
          errors: hasFields ? { fields } : { form: sentence },
          code: error instanceof ApiError ? error.code : null,
        });
        return false;
      }
    },
  };
}
