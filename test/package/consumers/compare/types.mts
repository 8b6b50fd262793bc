import { type CheckResult, type CompareReport, compare } from 'cloud-elements-emulator/compare';

const report: CompareReport = await compare({ baseUrl: 'http://a', userSecret: 'b', organizationSecret: 'c' });
export const first: CheckResult | undefined = report.results[0];
// @ts-expect-error: a report has no such key.
report.nothing;
