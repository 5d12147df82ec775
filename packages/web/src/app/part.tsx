// Parts of the page that are fetched when they are first needed: dialogs, panels, pickers.
import { Component, type ComponentType, type ReactNode, Suspense, use } from "react";

export type Part<Props> = ComponentType<Props> & {
  /** Fetches it before it is drawn; once it is there, drawing it does not wait. */
  preload(): void;
};

/** A component that comes with a file of its own, fetched when it is first drawn; after a failure, fetched again. */
export function part<Props extends object>(load: () => Promise<ComponentType<Props>>): Part<Props> {
  let coming: Promise<ComponentType<Props>> | null = null;
  let loaded: ComponentType<Props> | null = null;
  const fetchOnce = async () => {
    try {
      loaded = await load();
      return loaded;
    } catch (error) {
      coming = null;
      throw error;
    }
  };
  function Part(props: Props) {
    if (!loaded) coming ??= fetchOnce();
    // `use` would wait for a moment even where the file has long arrived
    const Content = loaded ?? use(coming as Promise<ComponentType<Props>>);
    // oxlint-disable-next-line react/static-components -- it is made once, by its own file
    return <Content {...props} />;
  }
  const preload = () => {
    coming ??= fetchOnce();
    coming.catch(() => undefined);
  };
  return Object.assign(Part, { preload });
}

export interface PartBoundaryProps {
  /** While the file is on its way. */
  waiting?: ReactNode;
  /** The file did not arrive, or what is in it broke. */
  failed: ReactNode;
  onFailed?: (error: unknown) => void;
  children: ReactNode;
}

/** Keeps the rest of the page alive when a part cannot be fetched. Give it a new `key` for another try. */
export class PartBoundary extends Component<PartBoundaryProps, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override componentDidCatch(error: unknown): void {
    this.props.onFailed?.(error);
  }

  override render(): ReactNode {
    const { waiting = null, failed, children } = this.props;
    return this.state.hasFailed ? failed : <Suspense fallback={waiting}>{children}</Suspense>;
  }
}
