// The one store of the page, and the hooks by which screens read it.
import { createContext, useContext } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Client } from "./client.ts";
import { type AppState, initialState } from "./state.ts";

export type AppStore = StoreApi<AppState>;

export const createAppStore = (): AppStore => createStore<AppState>(() => initialState);

export const ClientContext = createContext<Client | null>(null);

export function useClient(): Client {
  const client = useContext(ClientContext);
  if (!client) throw new Error("There is no client above this component.");
  return client;
}

/** What `select` makes of the state; drawn again only when that changes. */
export const useApp = <T>(select: (state: AppState) => T): T => useStore(useClient().store, select);

/** The same for a selector that makes a new array or object each time: compared by its entries. */
export const useAppShallow = <T>(select: (state: AppState) => T): T => useStore(useClient().store, useShallow(select));
