// When two names are the same: folded so that case, width and composition do not tell people apart.

/** Up before down, since some letters (ß, ı, ς) meet their kin only in upper case. */
export const foldName = (name: string): string =>
  name.trim().normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC");
