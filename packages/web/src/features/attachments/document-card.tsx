// A document of a message: what it is, and a way to save it once it has been checked.
import type { Attachment } from "@homeroom/protocol";
import { Download, ShieldAlert } from "lucide-react";
import { classNames } from "../../ui/class-names.ts";
import { Icon } from "../../ui/icon.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { FileName } from "./file-name.tsx";
import { endOf, shownName, sizeText } from "./file-types.ts";

const words = {
  file: "FILE",
  checking: "Being checked for viruses",
  infected: "Blocked: the virus check found something",
  unreadable: "Blocked: the file is broken, or not what it seems to be",
  download: (name: string) => `Download ${name}`,
};

const LOOKS: Record<string, string> = {
  pdf: "pdf",
  doc: "text",
  docx: "text",
  odt: "text",
  xls: "sheet",
  xlsx: "sheet",
  ods: "sheet",
  csv: "sheet",
  ppt: "slides",
  pptx: "slides",
  odp: "slides",
};

function Detail({ file }: { file: Attachment }) {
  if (file.state === "scanning") {
    return (
      <span className="hr-file-detail">
        <Spinner />
        {words.checking}
      </span>
    );
  }
  if (file.state === "ready") return <span className="hr-file-detail hr-num">{sizeText(file.size)}</span>;
  return (
    <span className="hr-file-detail is-bad">{file.problem === "infected" ? words.infected : words.unreadable}</span>
  );
}

export function DocumentCard({ file }: { file: Attachment }) {
  const end = endOf(file.name);
  const name = shownName(file.name);
  return (
    <div className="hr-file">
      <span className={classNames("hr-file-tab", `is-${LOOKS[end] ?? "other"}`)} aria-hidden="true">
        {end.slice(0, 4).toUpperCase() || words.file}
      </span>
      <span className="hr-file-text">
        <FileName name={file.name} />
        <Detail file={file} />
      </span>
      {file.state === "ready" && (
        <a
          className="btn btn-light hr-btn-icon"
          href={file.url}
          download={name}
          aria-label={words.download(name)}
          title={words.download(name)}
        >
          <Icon icon={Download} />
        </a>
      )}
      {file.state === "quarantined" && (
        <span className="hr-file-blocked">
          <Icon icon={ShieldAlert} />
        </span>
      )}
    </div>
  );
}
