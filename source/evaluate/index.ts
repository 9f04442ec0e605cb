export {removeEntry} from './changes.js';
export {evaluateFinding} from './evaluate-finding.js';
export {evaluateResource} from './evaluate-resource.js';
export type {EvaluationContext} from './judge.js';
export {readAtToleranceMs} from './same-entry.js';
