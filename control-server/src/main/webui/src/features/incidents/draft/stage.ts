import { REPORT_STAGES, type ReportStage } from '../../../api/model';

/** A stage in an address is `preliminary`. */
export const wordOf = (stage: ReportStage) => stage.toLowerCase();

export function stageOf(word: string | undefined): ReportStage {
  return REPORT_STAGES.find((stage) => wordOf(stage) === word) ?? 'PRELIMINARY';
}
