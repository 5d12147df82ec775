// Parts of the page that are fetched when they are first needed: dialogs, panels, pickers.
import { Component, type ComponentType, type ReactNode, Suspense, use } from "react";

/** A component that comes with a file of its own, fetched when it is first drawn; after a failure, fetched again. */
export function part<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let coming: Promise<ComponentType<Props>> | null = null;
  const fetchOnce = async () => {
    try {
      return await load();
    } catch (error) {
      coming = null;
      throw error;
    }
  };
  return function Part(props: Props) {
    coming ??= fetchOnce();
    const Content = use(coming);
    return <Content {...props} />;
  };
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
