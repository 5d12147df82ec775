// The logo: a house, a speech bubble and a smile.
export function Logo() {
  return (
    <svg className="hr-logo" viewBox="0 0 32 32" aria-hidden="true">
      <path
        d="M14.1 2.9a3.2 3.2 0 0 1 3.8 0l9.3 6.8A4.5 4.5 0 0 1 29 13.3V22a5 5 0 0 1-5 5H13.2l-5.1 3.7c-.7.5-1.6 0-1.6-.8V26.8A5 5 0 0 1 3 22v-8.7a4.5 4.5 0 0 1 1.8-3.6z"
        fill="var(--hr-primary)"
      />
      <path
        d="M10.5 17.2c1.1 2.6 3.1 3.9 5.5 3.9s4.4-1.3 5.5-3.9"
        fill="none"
        stroke="var(--hr-chalk)"
        strokeWidth="2.7"
        strokeLinecap="round"
      />
      <circle cx="11.7" cy="12.7" r="1.7" fill="var(--hr-on-primary)" />
      <circle cx="20.3" cy="12.7" r="1.7" fill="var(--hr-on-primary)" />
    </svg>
  );
}
