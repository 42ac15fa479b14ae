import type { ConnectionSpec } from '../../core/registry/connection-spec.ts';
import type { PlanFile } from '../../core/plan/plan-file.ts';
import type { Language } from '../../i18n/language.ts';
import type { Diagnosis } from '../../runner/ports/diagnosis.ts';
import type { FacePorts, LaunchProblem } from '../../runner/ports/face-ports.ts';
import type { RequestText, Watch } from '../../world/registry.ts';
import type { ProfileEntry, ProfileField } from './profile-fields.ts';

/** Sentences are in the language of the console. */
export type ProfileList =
  | { readonly ok: true; readonly entries: readonly ProfileEntry[]; readonly warning?: string | undefined }
  | { readonly ok: false; readonly sentence: string };

export type SpecTyped =
  | { readonly ok: true; readonly spec: ConnectionSpec }
  | { readonly ok: false; readonly sentence: string };

/** What was found, and what mends it as long as it is not closed. */
export type Examination = {
  readonly found: readonly Diagnosis[];
  readonly canMend: boolean;
  /** Something could be mended, but for a profile that is read-only. */
  readonly isReadOnly: boolean;
  /** Without `gone` it puts on what was left off and is well, and takes dead locks away. */
  mend(gone: readonly string[]): Promise<readonly Diagnosis[]>;
  close(): Promise<void>;
};

export type ReportTold =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly problem: LaunchProblem };

/** What the console is given beyond what every face is, by type alone: `open-console-ports.ts` fills it. */
export type ConsolePorts = FacePorts & {
  readonly profiles: {
    list(): Promise<ProfileList>;
    /** Fields as typed. `original` is the profile that was edited. A sentence when it was not kept. */
    save(
      fields: Readonly<Record<ProfileField, string>>,
      original: string | undefined,
    ): Promise<string | undefined>;
    /** How these fields, as typed, would reach a Nacos; nothing is sent and nothing kept. */
    specOf(fields: Readonly<Record<ProfileField, string>>): SpecTyped;
    remove(name: string): Promise<string | undefined>;
  };
  /** `here`: the Nacos that the console is at, with a password that was typed. */
  examine(
    here: { readonly spec: ConnectionSpec; readonly password: string | undefined } | undefined,
    watch: Watch,
  ): Promise<Examination>;
  /** What a journal of this machine tells from beginning to end, as Markdown. */
  report(id: string, language: Language): Promise<ReportTold>;
  /** Writes the plan as YAML into the working directory, under a name that is free. */
  savePlan(
    file: PlanFile,
  ): Promise<
    { readonly ok: true; readonly path: string } | { readonly ok: false; readonly sentence: string }
  >;
  /** Keeps what was copied where a terminal without a clipboard finds it; its path, if that was possible. */
  keepCopy(text: string): Promise<string | undefined>;
  /** As few flags as reach it from this shell. */
  flagsTo(spec: ConnectionSpec): readonly string[];
  /** As curl, secrets masked. */
  curlOf(request: Omit<RequestText, 'body'> & { readonly body?: string | undefined }): string;
};
