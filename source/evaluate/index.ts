export {type ChangeDraft, removeEntry} from './changes.js';
export {evaluateFinding, type FindingEvaluation} from './evaluate-finding.js';
export {evaluateResource, type ResourceEvaluation} from './evaluate-resource.js';
export type {EvaluationContext} from './judge.js';
export {readAtToleranceMs} from './same-entry.js';
