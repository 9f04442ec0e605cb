import type {Rule} from '../../../model/index.js';
import {type Api, notAroundWaf, routesAuthorized} from './api.js';
import {type Stage, stageAccessLogged, stageExecutionLogged, stageThrottled} from './stage.js';

// What should be true of each kind, most pressing first.

export const apiRules: ReadonlyArray<Rule<Api>> = [routesAuthorized, notAroundWaf];

export const stageRules: ReadonlyArray<Rule<Stage>> = [stageAccessLogged, stageExecutionLogged, stageThrottled];
