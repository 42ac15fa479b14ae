import type { Evidence } from './evidence.ts';
import { urlText } from '../text/url-text.ts';

/** Short, for people: `actuator http://…`, `connections`. A login in a URL is left out. */
export function evidenceText(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'actuator':
      return `actuator ${urlText(evidence.url)}`;
    case 'prometheus':
      return `prometheus ${urlText(evidence.url)}#${evidence.metric}`;
    case 'json':
      return `json ${urlText(evidence.url)}#${evidence.path}`;
    case 'command':
      return `command ${evidence.run}`;
    case 'connections':
      return evidence.run === undefined ? 'connections' : `connections ${evidence.run}`;
  }
}
